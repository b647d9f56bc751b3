import { afterEach, beforeEach, expect, test, vi } from "vitest";
import "./lesson-notes";

const START = "2026-11-26T09:00+08:00";

function open(at: string, rows = 2): void {
  vi.setSystemTime(new Date(at));
  const lines = Array.from({ length: rows }, (_, n) => `<li><input name="minute-${n}"><input name="note-${n}"></li>`).join("");
  document.body.innerHTML = `<mg-lesson-notes start="${START}" end="2026-11-26T10:20+08:00"><p data-clock hidden><span data-minute>Menit 0</span></p>
    <form><ol data-notes>${lines}</ol><div data-bar hidden><input data-quick><button data-take>Catat</button></div></form></mg-lesson-notes>`;
}

function field(name: string): HTMLInputElement {
  return document.querySelector<HTMLInputElement>(`[name="${name}"]`)!;
}

function quick(text: string): boolean {
  document.querySelector<HTMLInputElement>("[data-quick]")!.value = text;
  return document.querySelector("[data-take]")!.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("the clock and the bar come with the lesson and go with it", () => {
  open("2026-11-26T08:59:55+08:00");
  const hidden = () => [...document.querySelectorAll<HTMLElement>("[data-clock], [data-bar]")].map((part) => part.hidden);
  expect(hidden()).toEqual([true, true]);

  vi.advanceTimersByTime(12 * 60_000);
  expect(hidden()).toEqual([false, false]);
  expect(document.querySelector("[data-minute]")!.textContent).toBe("Menit 11");

  vi.advanceTimersByTime(80 * 60_000);
  expect(hidden()).toEqual([true, true]);
});

test("a quick note goes into the next empty row with its minute, and the form hears of it", () => {
  open("2026-11-26T09:12+08:00");
  field("note-0").value = "Sudah ada";
  const heard = vi.fn();
  document.addEventListener("input", heard);

  const isSent = quick("Meja 5 bertanya");

  expect(isSent).toBe(false);
  expect([field("minute-1").value, field("note-1").value]).toEqual(["12", "Meja 5 bertanya"]);
  expect(document.querySelector<HTMLInputElement>("[data-quick]")!.value).toBe("");
  expect(heard).toHaveBeenCalledOnce();
});

test("when the rows are full the button sends the form", () => {
  open("2026-11-26T09:12+08:00", 0);

  expect(quick("Meja 5 bertanya")).toBe(true);
});

test("an empty quick note sends nothing", () => {
  open("2026-11-26T09:12+08:00");

  expect(quick("  ")).toBe(false);
  expect(field("note-0").value).toBe("");
});

test("a note begun by hand gets its minute, unless it has one or the lesson is over", () => {
  open("2026-11-26T09:30+08:00");
  field("minute-1").value = "3";
  for (const name of ["note-0", "note-1"]) {
    field(name).value = "Hai";
    field(name).dispatchEvent(new Event("input", { bubbles: true }));
  }
  expect([field("minute-0").value, field("minute-1").value]).toEqual(["30", "3"]);

  open("2026-11-26T11:00+08:00");
  field("note-0").value = "Hai";
  field("note-0").dispatchEvent(new Event("input", { bubbles: true }));
  expect(field("minute-0").value).toBe("");
});

test("the minutes follow the lesson clock once it was started, and go on without signal", async () => {
  open("2026-11-26T09:12+08:00");
  const notes = document.querySelector("mg-lesson-notes")!;
  notes.setAttribute("clock", "/sessions/5/clock/");
  const words = () => document.querySelector("[data-minute]")!.textContent;
  const answer = { ok: true, json: async () => ({ start: "2026-11-26T09:10:00+08:00", end: "2026-11-26T10:30:00+08:00" }) };
  vi.stubGlobal("fetch", vi.fn().mockResolvedValueOnce(answer).mockRejectedValue(new TypeError("offline")));

  await vi.advanceTimersByTimeAsync(20_000);
  expect(words()).toBe("Menit 2");

  await vi.advanceTimersByTimeAsync(60_000);
  expect(words()).toBe("Menit 3");
});
