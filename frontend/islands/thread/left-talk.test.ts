import { beforeEach, expect, test } from "vitest";
import { put, waitingIn } from "../room/outbox";
import "./left-talk";

beforeEach(() => {
  localStorage.clear();
  document.body.dataset["person"] = "7";
});

function open(pair = ""): HTMLElement {
  document.body.innerHTML = `<mg-left-talk hidden thread="12" ${pair && `pair="${pair}"`}><ul data-list></ul>
    <template data-row><li><p data-text></p><textarea readonly></textarea><button type="button" data-drop></button></li></template></mg-left-talk>`;
  return document.querySelector<HTMLElement>("mg-left-talk")!;
}

test("what waits for a pair that was parted is shown until it is dropped, and nothing else is", () => {
  put("5", { submission: "a", text: "Belum sampai.", at: 1, thread: 12 });
  put("6", { submission: "b", text: "Pasangan sekarang.", at: 2, thread: 12 });
  put("7", { submission: "c", text: "Diskusi lain.", at: 3, thread: 13 });

  const list = open("6");
  expect([...list.querySelectorAll("[data-text]")].map((line) => line.textContent)).toEqual(["Belum sampai."]);
  expect(list.hidden).toBe(false);

  list.querySelector<HTMLElement>("[data-drop]")!.click();
  expect(list.hidden).toBe(true);
  expect(waitingIn("5")).toEqual([]);
  expect(waitingIn("6").length).toBe(1);
});

test("another person on the same phone sees none of it", () => {
  put("5", { submission: "a", text: "Rahasia.", at: 1, thread: 12 });
  document.body.dataset["person"] = "8";

  expect(open().hidden).toBe(true);
});
