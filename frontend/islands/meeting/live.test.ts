import { afterEach, beforeEach, expect, test, vi } from "vitest";
import "./live";

const ask = vi.fn();

function answer(status: number, body?: unknown): Response {
  return { status, ok: status < 300, type: "basic", headers: new Headers(), json: async () => body } as unknown as Response;
}

async function open(): Promise<void> {
  document.body.innerHTML = `<mg-live url="/live/t1/" renew="/ticket/" version="7" now="2026-11-26T01:12:30Z" until="2026-11-26T02:20:00Z">
      <p><span data-state="off"></span><span data-state="connected" hidden>Tersambung <span data-at></span></span>
      <span data-state="lost" hidden></span><span data-state="ended" hidden></span></p></mg-live>
    <div data-part="clock"><p data-clock="waits"></p></div><div data-part="questions">Lama</div>
    <form class="when-waiting"></form><details class="when-running" hidden></details>
    <ol><li data-from="2026-11-26T01:00:00Z" data-to="2026-11-26T01:13:00Z"></li><li data-from="2026-11-26T01:13:00Z" data-to="2026-11-26T01:30:00Z"></li></ol>`;
  await vi.advanceTimersByTimeAsync(0);
}

const state = () => [...document.querySelectorAll<HTMLElement>("[data-state]")].filter((one) => !one.hidden).map((one) => one.dataset["state"]);

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(new Date("2026-11-26T01:12:30Z"));
  ask.mockReset().mockResolvedValue(answer(204));
  vi.stubGlobal("fetch", ask);
});
afterEach(() => {
  document.body.innerHTML = "";
  vi.useRealTimers();
});

test("it asks every two seconds, without a cookie, and says that it is connected", async () => {
  await open();
  await vi.advanceTimersByTimeAsync(7000);

  expect(ask.mock.calls.length).toBeGreaterThanOrEqual(3);
  expect(ask.mock.calls.length).toBeLessThanOrEqual(4);
  expect(ask.mock.calls[0]![0]).toBe("/live/t1/?v=7");
  expect(ask.mock.calls[0]![1]).toMatchObject({ credentials: "omit" });
  expect(state()).toEqual(["connected"]);
});

test("only the parts that changed are filled anew, and the next question names the new version", async () => {
  const clock = '<p data-clock="runs" data-start="2026-11-26T01:00:00Z" data-end="2026-11-26T02:20:00Z"><b data-minute></b></p>';
  ask.mockResolvedValueOnce(answer(200, { version: 8, parts: { clock } }));
  await open();
  await vi.advanceTimersByTimeAsync(2500);

  expect(document.querySelector("[data-minute]")!.textContent).toBe("12");
  expect(document.querySelector('[data-part="questions"]')!.textContent).toBe("Lama");
  expect(document.querySelector<HTMLElement>(".when-waiting")!.hidden).toBe(true);
  expect(document.querySelector<HTMLElement>(".when-running")!.hidden).toBe(false);
  expect(ask.mock.calls[1]![0]).toBe("/live/t1/?v=8");
});

test("the item of the agenda that it is time for is marked as the clock goes", async () => {
  const now = () => [...document.querySelectorAll("li")].map((item) => item.getAttribute("aria-current"));
  await open();
  expect(now()).toEqual(["step", null]);

  await vi.advanceTimersByTimeAsync(31_000);
  expect(now()).toEqual([null, "step"]);
});

test("a server that does not answer is asked less and less often, and this is said", async () => {
  ask.mockRejectedValue(new TypeError("offline"));
  await open();
  expect(state()).toEqual(["lost"]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ask.mock.calls.length).toBeLessThanOrEqual(7);

  ask.mockResolvedValue(answer(204));
  await vi.advanceTimersByTimeAsync(17_000);
  expect(state()).toEqual(["connected"]);
});

test("an old token is renewed, and who may not read any more is told so and asks no more", async () => {
  ask.mockResolvedValueOnce(answer(403)).mockResolvedValueOnce(answer(200, { url: "/live/t2/" }));
  await open();
  await vi.advanceTimersByTimeAsync(2500);
  expect(ask.mock.calls[2]![0]).toBe("/live/t2/?v=7");

  ask.mockResolvedValueOnce(answer(403)).mockResolvedValueOnce(answer(404));
  await vi.advanceTimersByTimeAsync(2500);
  const asked = ask.mock.calls.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(state()).toEqual(["ended"]);
  expect(ask.mock.calls.length).toBe(asked);
});

test("a tab that nobody looks at asks seldom, and at once when it is looked at again", async () => {
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  await open();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(ask).toHaveBeenCalledOnce();

  hidden.mockReturnValue(false);
  document.dispatchEvent(new Event("visibilitychange"));
  await vi.advanceTimersByTimeAsync(0);
  expect(ask).toHaveBeenCalledTimes(2);
  hidden.mockRestore();
});
