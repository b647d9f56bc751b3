import { beforeEach, expect, test, vi } from "vitest";
import "./keep-post";
import { dropUnreadable, hasRoom, keptPosts } from "./kept-posts";

const PAGE = `<link href="/static/app.css"><a href="/files/else/">x</a><div data-files><a href="/files/k/">f</a><img src="/files/k/thumbnail/">
  <a href="https://example.org/files/z/">z</a></div>`;
let stored: Map<string, Map<string, Response>>;
let answers: Record<string, () => Response>;

beforeEach(() => {
  stored = new Map();
  answers = { "/posts/7/kept/": () => new Response(PAGE) };
  for (const file of ["/static/app.css", "/files/k/", "/files/k/thumbnail/"]) answers[file] = () => new Response("file");
  vi.stubGlobal("isSecureContext", true);
  vi.stubGlobal("caches", {
    keys: async () => [...stored.keys()],
    delete: async (name: string) => stored.delete(name),
    open: async (name: string) => {
      const cache = stored.get(name) ?? new Map<string, Response>();
      stored.set(name, cache);
      return { match: async (key: string) => cache.get(key)?.clone(), put: async (key: string, value: Response) => void cache.set(key, value) };
    },
  });
  vi.stubGlobal("fetch", async (address: string) => answers[address.split("?")[0]!]?.() ?? new Response("", { status: 404 }));
  Object.defineProperty(navigator, "serviceWorker", { value: { register: async () => undefined }, configurable: true });
  document.body.dataset["person"] = "3";
});

function open(bytes = 1200): HTMLElement {
  document.body.innerHTML = `<mg-keep-post post="7" heading="Kartu" bytes="${bytes}" hidden><button data-keep></button><progress hidden></progress>
    <div data-kept hidden><button data-drop></button></div><p data-full hidden></p><p data-failed hidden></p></mg-keep-post>`;
  return document.querySelector("mg-keep-post")!;
}

async function shows(name: string): Promise<void> {
  await vi.waitFor(() => expect(document.querySelector<HTMLElement>(name)!.hidden).toBe(false));
}

async function press(name: string): Promise<void> {
  await shows("mg-keep-post");
  document.querySelector<HTMLElement>(name)!.click();
}

test("a post is kept with its files and no others, and dropped again", async () => {
  open();
  await press("[data-keep]");
  await shows("[data-kept]");

  expect([...stored.get("post-3-7")!.keys()].sort()).toEqual(["/about", "/files/k/", "/files/k/thumbnail/", "/posts/7/kept/", "/static/app.css"]);
  expect((await keptPosts("3")).map(({ title }) => title)).toEqual(["Kartu"]);
  expect(await keptPosts("4")).toEqual([]);

  await press("[data-drop]");
  await shows("[data-keep]");
  expect(stored.has("post-3-7")).toBe(false);
});

test("of a copy that breaks off nothing stays", async () => {
  delete answers["/files/k/"];
  open();
  await press("[data-keep]");
  await shows("[data-failed]");

  expect(stored.has("post-3-7")).toBe(false);
});

test("what is too much is refused with a reason", async () => {
  open(100_000_001);
  await press("[data-keep]");
  await shows("[data-full]");

  expect(stored.has("post-3-7")).toBe(false);
  expect(hasRoom(Array.from({ length: 50 }, (_, post) => ({ post, title: "", bytes: 1, at: 0 })), 1)).toBe(false);
});

test("nobody signed in, no button", async () => {
  document.body.dataset["person"] = "";
  const button = open();
  await Promise.resolve();

  expect(button.hidden).toBe(true);
});

test.each([
  ["still readable", () => Response.json({ person: "3", readable: [7] }), true],
  ["not any more", () => Response.json({ person: "3", readable: [] }), false],
  ["signed out", () => ({ type: "opaqueredirect", ok: false, status: 0 }) as Response, false],
  ["refused", () => new Response("", { status: 403 }), false],
  ["another is signed in", () => Response.json({ person: "4", readable: [] }), true],
  ["the server is broken", () => new Response("", { status: 502 }), true],
])("asked again: %s", async (_case, answer, stays) => {
  open();
  await press("[data-keep]");
  await shows("[data-kept]");
  answers["/posts/kept/readable/"] = answer;

  await dropUnreadable("3");

  expect(stored.has("post-3-7")).toBe(stays);
});
