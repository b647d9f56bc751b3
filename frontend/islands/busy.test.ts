import { beforeEach, expect, test } from "vitest";
import "./busy";

beforeEach(() => {
  document.body.innerHTML = `<form method="post"><button type="submit">Simpan</button></form>`;
});

function send(): Event {
  const event = new SubmitEvent("submit", { bubbles: true, cancelable: true, submitter: document.querySelector("button") });
  document.querySelector("form")!.dispatchEvent(event);
  return event;
}

test("a form that is on its way is not sent again", () => {
  expect(send().defaultPrevented).toBe(false);
  expect(document.querySelector("button")!.getAttribute("aria-busy")).toBe("true");

  expect(send().defaultPrevented).toBe(true);
});

test("a page that comes back may send again", () => {
  send();

  dispatchEvent(new Event("pageshow"));

  expect(send().defaultPrevented).toBe(false);
});
