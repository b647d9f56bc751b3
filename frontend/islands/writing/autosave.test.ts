import { afterEach, beforeEach, expect, test, vi } from "vitest";
import "./autosave";

const sent: Record<string, string>[] = [];
const kept: boolean[] = [];
let answer = () => Promise.resolve(new Response("Draf tersimpan 10.42 WITA"));

beforeEach(() => {
  vi.useFakeTimers();
  sent.length = kept.length = 0;
  answer = () => Promise.resolve(new Response("Draf tersimpan 10.42 WITA"));
  vi.stubGlobal("fetch", (_url: string, request: { body: URLSearchParams; keepalive: boolean }) => {
    kept.push(request.keepalive);
    sent.push(Object.fromEntries(request.body));
    return answer();
  });
  document.body.innerHTML = `<form><input name="title"><input type="file" name="attachments">
    <mg-autosave url="/posts/drafts/save/" failed="Belum sampai"><p data-saved hidden></p></mg-autosave></form>`;
});

afterEach(() => {
  document.body.innerHTML = "";
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const line = () => document.querySelector<HTMLElement>("[data-saved]")!;

function type(words: string): void {
  const field = document.querySelector<HTMLInputElement>("[name=title]")!;
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

test("words are sent ten seconds after the first letter, without files, and the answer is shown", async () => {
  type("K");
  await vi.advanceTimersByTimeAsync(9_000);
  type("Kol");
  expect(sent).toEqual([]);

  await vi.advanceTimersByTimeAsync(1_000);

  expect(sent).toEqual([{ title: "Kol" }]);
  expect(line().textContent).toBe("Draf tersimpan 10.42 WITA");
  expect(line().hidden).toBe(false);
});

test("nothing is sent where nothing was typed, nor after the form itself", async () => {
  await vi.advanceTimersByTimeAsync(60_000);
  type("Kol");
  document.querySelector("form")!.dispatchEvent(new Event("submit"));
  await vi.advanceTimersByTimeAsync(60_000);
  dispatchEvent(new Event("pagehide"));

  expect(sent).toEqual([]);
});

test("words that wait are sent when the page is left, once", () => {
  type("Kol");
  dispatchEvent(new Event("pagehide"));
  dispatchEvent(new Event("pagehide"));

  expect(sent).toEqual([{ title: "Kol" }]);
});

test("only what is sent on leaving outlives the page, unless it is too long for that", async () => {
  type("Kol");
  await vi.advanceTimersByTimeAsync(10_000);
  type("Kol ungu");
  dispatchEvent(new Event("pagehide"));
  type("x".repeat(70_000));
  dispatchEvent(new Event("pagehide"));

  expect(kept).toEqual([false, true, false]);
});

test("a form whose mark is used takes another and tries again", async () => {
  document.querySelector("form")!.insertAdjacentHTML("beforeend", '<input type="hidden" name="submission" value="used">');
  answer = () => Promise.resolve(new Response("Sudah terkirim.", { status: 409 }));
  type("Kol");
  await vi.advanceTimersByTimeAsync(10_000);
  answer = () => Promise.resolve(new Response("Draf tersimpan 10.43 WITA"));
  await vi.advanceTimersByTimeAsync(10_000);

  expect(sent.map(({ submission }) => submission === "used")).toEqual([true, false]);
  expect(line().textContent).toBe("Draf tersimpan 10.43 WITA");
});

test.each([
  ["without signal", () => Promise.reject(new TypeError("offline"))],
  ["on a broken server", () => Promise.resolve(new Response("", { status: 500 }))],
])("%s it says so and tries again", async (_when, failing) => {
  answer = failing;
  type("Kol");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(line().textContent).toBe("Belum sampai");
  expect(line().hidden).toBe(false);
  answer = () => Promise.resolve(new Response("Draf tersimpan 10.43 WITA"));
  await vi.advanceTimersByTimeAsync(10_000);

  expect(sent).toHaveLength(2);
  expect(line().textContent).toBe("Draf tersimpan 10.43 WITA");
});
