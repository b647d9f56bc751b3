import { afterEach, beforeEach, expect, test, vi } from "vitest";
import "./countdown";

beforeEach(() => vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] }));
afterEach(() => vi.useRealTimers());

test("it counts down and says once that it is over", () => {
  document.body.innerHTML = `<mg-countdown left="2" of="30"><svg><circle data-ring /></svg><b data-left>2</b></mg-countdown>`;
  const over = vi.fn();
  document.body.addEventListener("mg:over", over);

  vi.advanceTimersByTime(1250);
  expect(document.querySelector("[data-left]")!.textContent).toBe("1");
  expect(document.querySelector("[data-ring]")!.getAttribute("stroke-dasharray")).toBe("0.75 30");

  vi.advanceTimersByTime(5000);
  expect(document.querySelector("[data-left]")!.textContent).toBe("0");
  expect(over).toHaveBeenCalledTimes(1);
});
