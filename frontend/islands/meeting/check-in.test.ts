import { afterEach, beforeEach, expect, test, vi } from "vitest";
import "./check-in";
import { remember } from "../person";
import { scansOf } from "./scans";

const WORDS = `
  <section data-kept hidden><ul data-scans></ul></section>
  <template data-row><li><b data-title>Sesi</b> <span data-words></span><button data-again hidden></button><button data-drop hidden></button></li></template>
  <template data-words-kept>Tersimpan di HP pukul {time}.</template><template data-words-sending>Mengirim</template>
  <template data-words-sent>Terkirim {time} ✓</template><template data-words-failed>Gagal: {reason}</template>
  <template data-words-signin>Masuk dulu</template><template data-words-nobody>Belum ada yang masuk</template>`;

let sent: { url: string; body: Record<string, unknown> }[];
let answer: () => Promise<Partial<Response>>;

beforeEach(() => {
  localStorage.clear();
  sent = [];
  answer = () => Promise.reject(new TypeError("no signal"));
  vi.stubGlobal("fetch", (url: string, options: RequestInit) => {
    sent.push({ url, body: JSON.parse(String(options.body)) });
    return answer();
  });
  document.body.dataset["person"] = "7";
});

afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
  history.replaceState(null, "", "/");
});

function open(attributes = 'session="12" label="Daun"'): void {
  document.body.innerHTML = `<mg-check-in ${attributes}><p data-say hidden></p><form data-code><input name="code"></form>${WORDS}</mg-check-in>`;
}

function type(code: string): Event {
  document.querySelector<HTMLInputElement>("[name=code]")!.value = code;
  const event = new Event("submit", { cancelable: true });
  document.querySelector("form")!.dispatchEvent(event);
  return event;
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const shown = (): string => document.querySelector("[data-scans]")!.textContent!.replace(/\s+/g, " ").trim();

test("a code without signal stays on the phone with its moment", async () => {
  open();
  type("042 917");
  await settled();

  expect(shown()).toMatch(/Daun Tersimpan di HP pukul/);
  expect(scansOf("7")).toMatchObject([{ session: 12, code: "042917", state: "kept" }]);
});

test("it is sent once there is signal, with both times, and says so", async () => {
  open("");
  document.querySelector("mg-check-in")!.setAttribute("session", "12");
  type("042917");
  await settled();
  document.querySelector("form")!.remove();
  answer = () => Promise.resolve({ ok: true, status: 200 });
  dispatchEvent(new Event("online"));
  await settled();

  const [first, second] = sent;
  expect(second!.url).toBe("/api/v1/sessions/12/check-in/");
  expect(second!.body).toMatchObject({ code: "042917", person: 7, submission: first!.body["submission"], scanned_at: first!.body["scanned_at"] });
  expect(shown()).toMatch(/Terkirim .* ✓/);
});

test("a code that is refused stands again where it was typed, with the reason", async () => {
  open();
  answer = () => Promise.resolve({ ok: false, status: 400, json: () => Promise.resolve({ non_field_errors: ["Kode ini salah."] }) });
  type("042917");
  await settled();

  const line = document.querySelector<HTMLElement>("[data-say]")!;
  expect([line.textContent, line.hidden]).toEqual(["Kode ini salah.", false]);
  expect(document.querySelector<HTMLInputElement>("[name=code]")!.value).toBe("042917");
  expect(scansOf("7")).toEqual([]);

  answer = () => Promise.reject(new TypeError("no signal"));
  type("318204");
  expect(line.hidden).toBe(true);
});

test("a scan that is refused gives its reason and may be tried again", async () => {
  void remember("7");
  history.replaceState(null, "", "/here/12.59012345.Zm9vYmFyYmF6cXV4/");
  answer = () => Promise.resolve({ ok: false, status: 400, json: () => Promise.resolve({ non_field_errors: ["Kode ini salah."] }) });
  open("kept");
  await settled();

  expect(shown()).toBe("Sesi Gagal: Kode ini salah.");
  expect(document.querySelector<HTMLElement>("[data-again]")!.hidden).toBe(false);
});

test("another account on the phone neither sees nor sends it", async () => {
  open();
  type("042917");
  await settled();
  sent = [];
  document.body.dataset["person"] = "8";
  open();
  await settled();

  expect(shown()).toBe("");
  expect(sent).toEqual([]);
});

test("who is signed out meanwhile is asked to sign in, and the code stays", async () => {
  open();
  answer = () => Promise.resolve({ ok: false, status: 401 });
  type("042917");
  await settled();

  expect(shown()).toBe("Daun Masuk dulu");
  expect(scansOf("7")[0]!.state).toBe("kept");
});

test("without six digits or without a person the form goes its own way", () => {
  open();
  expect(type("12").defaultPrevented).toBe(false);
  document.body.dataset["person"] = "";
  expect(type("042917").defaultPrevented).toBe(false);
});

test("the kept page reads the code from its address, once", async () => {
  void remember("7");
  history.replaceState(null, "", "/here/12.59012345.Zm9vYmFyYmF6cXV4/");
  open("kept");
  open("kept");
  await settled();

  expect(scansOf("7")).toMatchObject([{ session: 12, token: "12.59012345.Zm9vYmFyYmF6cXV4" }]);
});

test("the kept page keeps nothing for nobody, and says so", () => {
  history.replaceState(null, "", "/here/12.59012345.Zm9vYmFyYmF6cXV4/");
  open("kept");

  expect(document.querySelector("[data-say]")!.textContent).toBe("Belum ada yang masuk");
  expect(Object.keys(localStorage)).toEqual([]);
});
