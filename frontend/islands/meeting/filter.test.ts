import { expect, test } from "vitest";
import "./filter";

test("only rows with the words are shown", () => {
  document.body.innerHTML = `<mg-filter><input name="q"><ul data-filtered><li data-words="Ani SMPN 1">a</li><li data-words="Budi SMPN 2">b</li></ul></mg-filter>`;
  const field = document.querySelector("input")!;
  field.value = "ani";
  field.dispatchEvent(new Event("input"));

  expect([...document.querySelectorAll("li")].map((row) => row.hidden)).toEqual([false, true]);
});
