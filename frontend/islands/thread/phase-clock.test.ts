import { afterEach, beforeEach, expect, test, vi } from "vitest";
import "../countdown";
import "./phase-clock";

const ask = vi.fn();
const assign = vi.fn();

function say(phase: string, left: number | null): void {
  ask.mockResolvedValue({ ok: true, json: async () => ({ phase, left }) });
}

function open(also = ""): void {
  document.body.innerHTML = `<mg-phase-clock url="/threads/12/clock/" page="/threads/12/" phase="think"><mg-countdown left="65" clock><b data-left>1:05</b></mg-countdown>
    <p data-over hidden></p><p data-next hidden></p></mg-phase-clock>${also}`;
}

const left = () => document.querySelector("[data-left]")!.textContent;
const isShown = (name: string) => !document.querySelector<HTMLElement>(`[data-${name}]`)!.hidden;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance"] });
  ask.mockReset();
  assign.mockReset();
  vi.stubGlobal("fetch", ask);
  vi.stubGlobal("location", { assign, pathname: "/threads/12/" });
});
afterEach(() => {
  document.body.innerHTML = "";
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("it counts minutes and seconds down, and at nought asks until the next phase has begun", async () => {
  say("think", 30);
  open();
  await vi.advanceTimersByTimeAsync(5250);
  expect(left()).toBe("1:00");
  expect(isShown("over")).toBe(false);

  say("think", 0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(left()).toBe("0:00");
  expect(isShown("over")).toBe(true);
  expect(assign).not.toHaveBeenCalled();

  say("pair", 420);
  await vi.advanceTimersByTimeAsync(4000);
  expect(assign).toHaveBeenCalledWith("/threads/12/");
});

test("time that is added is seen within a quarter of a minute, also after nought", async () => {
  open();
  say("think", 230);
  await vi.advanceTimersByTimeAsync(15_600);
  expect(Number(left()!.split(":")[0])).toBe(3);

  say("think", 0);
  await vi.advanceTimersByTimeAsync(240_000);
  expect(isShown("over")).toBe(true);
  say("think", 120);
  await vi.advanceTimersByTimeAsync(4000);
  expect(isShown("over")).toBe(false);
  expect(left()).toMatch(/^1:5\d|2:00$/);
});

test("a lost signal stops nothing", async () => {
  ask.mockRejectedValue(new TypeError("offline"));
  open();
  await vi.advanceTimersByTimeAsync(70_000);
  expect(left()).toBe("0:00");

  say("pair", 420);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(assign).toHaveBeenCalledTimes(1);
});

test("a page with a chosen file is not left by itself", async () => {
  say("share", 600);
  open(`<input type="file">`);
  Object.defineProperty(document.querySelector("input"), "files", { value: [new File(["x"], "x.pdf")] });
  await vi.advanceTimersByTimeAsync(60_000);

  expect(ask).toHaveBeenCalledTimes(1);
  expect(assign).not.toHaveBeenCalled();
  expect(isShown("next")).toBe(true);
});
