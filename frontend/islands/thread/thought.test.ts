import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { remember } from "../person";
import "./kept-thoughts";
import "./thought";
import { send } from "./sending";
import { about, keepUnsent, unsent } from "./store";

const ask = vi.fn();
const STATES = ["kept", "signedout", "unkept", "saved"].map((state) => `<p data-state="${state}" hidden>${state} <span data-at></span></p>`).join("");
const FORM = `<form action="/threads/12/thoughts/" method="post"><div class="field"><textarea name="text"></textarea></div>
  <input type="radio" name="standing" value="struggling"><input type="radio" name="standing" value="solved">${STATES}
  <div data-state="refused" hidden><p data-reason></p><textarea readonly></textarea><button type="button" data-drop></button></div>
  <template data-conflict><div><p data-theirs></p><button type="button">Gabungkan</button></div></template><button type="submit"></button></form>`;

function answer(status: number, body?: unknown, type = "basic"): Response {
  return { status, ok: status < 300, type, json: async () => body ?? Promise.reject(new SyntaxError()) } as unknown as Response;
}

/** Open the page of the discussion with signal. */
async function open(text = "", seen = "", also = ""): Promise<void> {
  document.body.removeAttribute("data-kept");
  document.body.innerHTML = `<h1 data-thread-title>Murid diam</h1><p data-thread-problem>Sepi.</p>
    <mg-thought key="12" text="${text}" standing="" seen="${seen}" until="2099-01-01T00:00:00Z" at="10.00" ${also}>${FORM}</mg-thought>`;
  const field = document.querySelector<HTMLTextAreaElement>("[name=text]")!;
  if (!field.value) field.value = text;
  await vi.advanceTimersByTimeAsync(0);
}

/** Open what the phone shows in its place without signal. */
async function openKept(): Promise<void> {
  document.body.dataset["kept"] = "";
  history.replaceState(null, "", "/threads/12/");
  document.body.innerHTML = `<mg-thought kept hidden><h1 data-title></h1><p data-problem></p>${FORM}</mg-thought><div data-none></div>`;
  await vi.advanceTimersByTimeAsync(0);
}

async function write(text: string): Promise<void> {
  const field = document.querySelector<HTMLTextAreaElement>("[name=text]")!;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await vi.advanceTimersByTimeAsync(0);
}

const field = () => document.querySelector<HTMLTextAreaElement>("[name=text]")!.value;
const shown = () => [...document.querySelectorAll<HTMLElement>("[data-state]")].filter((line) => !line.hidden).map((line) => line.dataset["state"]).join();
const sent = () => ask.mock.calls.map(([, options]) => Object.fromEntries((options as { body: FormData }).body));

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  document.body.dataset["person"] = "7";
  ask.mockReset().mockResolvedValue(answer(200, { text: "", standing: "", seen: "v1", at: "10.42" }));
  vi.stubGlobal("fetch", ask);
});
afterEach(() => {
  document.body.innerHTML = "";
  vi.useRealTimers();
});

test("what is written is on the phone at once and on the platform soon", async () => {
  await open();
  await write("Saya menunggu.");
  expect(shown()).toBe("kept");
  expect(unsent("7", 12)?.text).toBe("Saya menunggu.");

  await vi.advanceTimersByTimeAsync(10_000);

  expect(sent()).toEqual([{ person: "7", text: "Saya menunggu.", standing: "", seen: "" }]);
  expect(shown()).toBe("saved");
  expect(document.querySelector("[data-state=saved] [data-at]")!.textContent).toBe("10.42");
  expect(unsent("7", 12)).toBeUndefined();
  expect(about("7", 12)).toMatchObject({ title: "Murid diam", problem: "Sepi.", text: "Saya menunggu.", seen: "v1" });
});

test("without signal it is gone on with on the kept page, and sent once there is signal", async () => {
  await open("Saya diam.", "v0");
  ask.mockRejectedValue(new TypeError("offline"));
  await openKept();
  expect(document.querySelector<HTMLElement>("mg-thought")!.hidden).toBe(false);
  expect(document.querySelector("[data-title]")!.textContent).toBe("Murid diam");
  expect(document.querySelector("[data-none]")).toBeNull();
  expect(field()).toBe("Saya diam.");

  await write("Saya diam tujuh detik.");
  document.querySelector("form")!.requestSubmit();
  await vi.advanceTimersByTimeAsync(0);
  expect(shown()).toBe("kept");
  await openKept();
  expect(field()).toBe("Saya diam tujuh detik.");

  ask.mockReset().mockResolvedValue(answer(200, { text: "", standing: "", seen: "v1", at: "10.42" }));
  dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(0);
  expect(sent()).toEqual([{ person: "7", text: "Saya diam tujuh detik.", standing: "", seen: "v0" }]);
  expect(shown()).toBe("saved");
});

test("an answer that was lost is known again, and what was written after it follows", async () => {
  await open();
  ask.mockRejectedValue(new TypeError("lost"));
  await write("Satu.");
  await vi.advanceTimersByTimeAsync(10_000);
  await write("Satu. Dua.");
  ask.mockReset();
  ask.mockResolvedValueOnce(answer(409, { text: "Satu.", standing: "", seen: "v1" }));
  ask.mockResolvedValue(answer(200, { text: "", standing: "", seen: "v2", at: "10.42" }));

  await vi.advanceTimersByTimeAsync(10_000);

  expect(sent().map((words) => [words["text"], words["seen"]])).toEqual([
    ["Satu. Dua.", ""],
    ["Satu. Dua.", "v1"],
  ]);
  expect(document.querySelector("[data-conflict-shown]")).toBeNull();
  expect(shown()).toBe("saved");
});

test("what was written on another phone is shown above, and nothing is sent before it is put together", async () => {
  ask.mockRejectedValue(new TypeError("offline"));
  await open();
  await write("Dari HP ini.");
  ask.mockReset().mockResolvedValue(answer(200, { text: "", standing: "", seen: "v3", at: "10.42" }));
  await open("Dari HP lain.", "v2");

  expect(document.querySelector("[data-theirs]")!.textContent).toBe("Dari HP lain.");
  expect(field()).toBe("Dari HP ini.");
  document.querySelector("form")!.requestSubmit();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent()).toEqual([]);
  expect(shown()).toBe("");

  document.querySelector<HTMLElement>("[data-conflict-shown] button")!.click();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent()).toEqual([{ person: "7", text: "Dari HP lain.\nDari HP ini.", standing: "", seen: "v2" }]);
  expect(shown()).toBe("saved");
});

test("when thinking ended meanwhile the words stay, with the reason, until they are dropped", async () => {
  ask.mockResolvedValue(answer(403, { reason: "Waktu berpikir sendiri sudah lewat." }));
  await open();
  await write("Terlambat.");
  await vi.advanceTimersByTimeAsync(60_000);

  expect(sent().length).toBe(1);
  expect(shown()).toBe("refused");
  expect(document.querySelector("[data-reason]")!.textContent).toBe("Waktu berpikir sendiri sudah lewat.");

  document.body.innerHTML = `<mg-kept-thoughts hidden key="12"><ul data-list></ul><template data-row><li><span data-waits></span>
    <div data-refused><p data-reason></p><textarea readonly></textarea><button data-drop></button></div></li></template></mg-kept-thoughts>`;
  const list = document.querySelector<HTMLElement>("mg-kept-thoughts")!;
  expect(list.hidden).toBe(false);
  expect(list.querySelector<HTMLTextAreaElement>("li textarea")!.value).toBe("Terlambat.");
  expect(about("7", 12)).toBeUndefined();
  list.querySelector<HTMLElement>("li [data-drop]")!.click();
  expect(unsent("7", 12)).toBeUndefined();
  expect(list.hidden).toBe(true);
});

test("a sign-in that ended, an old mark and a server that is down lose nothing", async () => {
  await open();
  for (const [status, type, state] of [
    [0, "opaqueredirect", "signedout"],
    [401, "basic", "signedout"],
    [403, "basic", "kept"],
    [502, "basic", "kept"],
  ] as const) {
    ask.mockResolvedValue(answer(status, undefined, type));
    await write(`Kata ${status}`);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(shown()).toBe(state);
    expect(unsent("7", 12)?.text).toBe(`Kata ${status}`);
  }
});

test("while others talk already only the button sends", async () => {
  await open("", "", "late");
  await write("Belum selesai");
  await vi.advanceTimersByTimeAsync(60_000);
  await send("7", 12);
  expect(sent()).toEqual([]);
  expect(shown()).toBe("kept");

  document.querySelector("form")!.requestSubmit();
  await vi.advanceTimersByTimeAsync(0);
  expect(sent()).toMatchObject([{ text: "Belum selesai", late: "1" }]);
});

test("what was begun before is not sent by itself once others talk", async () => {
  ask.mockRejectedValue(new TypeError("offline"));
  await open();
  await write("Sa");
  await vi.advanceTimersByTimeAsync(10_000);
  ask.mockReset().mockResolvedValue(answer(200, { text: "", standing: "", seen: "v1", at: "10.42" }));
  await open("", "", "late");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(field()).toBe("Sa");
  expect(sent()).toEqual([]);
});

test("however often there is no answer, the words are kept once", async () => {
  ask.mockRejectedValue(new TypeError("offline"));
  await open();
  await write("Saya diam.");
  await vi.advanceTimersByTimeAsync(300_000);
  expect(ask.mock.calls.length).toBeGreaterThan(2);
  expect(unsent("7", 12)?.sent).toEqual(["Saya diam."]);
});

test("whoever signs out leaves nothing that can be read, and another neither sees nor sends the words", async () => {
  ask.mockRejectedValue(new TypeError("offline"));
  await open("Rahasia lama.", "v0");
  await write("Rahasia baru.");
  document.body.dataset["person"] = "";
  await remember("");
  expect(localStorage.getItem("thread:7:12")).toBeNull();
  await openKept();
  expect(document.querySelector<HTMLElement>("mg-thought")!.hidden).toBe(true);

  document.body.dataset["person"] = "8";
  ask.mockReset();
  await open("", "");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(field()).toBe("");
  expect(sent()).toEqual([]);
  expect(unsent("7", 12)?.text).toBe("Rahasia baru.");
});

test("a phone without room says so and lets the form be sent as it is", async () => {
  await open();
  const full = vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  await write("Kata-kata");
  expect(shown()).toBe("unkept");

  const event = new Event("submit", { bubbles: true, cancelable: true });
  document.querySelector("form")!.dispatchEvent(event);
  expect(event.defaultPrevented).toBe(false);
  full.mockRestore();
});

test("what waits is sent by any page that loads the script, once at a time", async () => {
  keepUnsent("7", 12, { text: "Nanti.", standing: "solved", seen: "v0", title: "Murid diam", sent: [], isHeld: false });

  const outcomes = await Promise.all([send("7", 12), send("7", 12)]);

  expect(outcomes).toEqual(["sent", "sent"]);
  expect(sent()).toEqual([{ person: "7", text: "Nanti.", standing: "solved", seen: "v0" }]);
});
