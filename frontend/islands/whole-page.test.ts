import { expect, test } from "vitest";
import type { Sent } from "./htmx-events";
import { destination } from "./whole-page";

function answer(text: string, redirected = true): Pick<Sent["ctx"], "text" | "response"> {
  return { text, response: { status: 200, raw: { redirected, url: "https://mgmp.example/sessions/" } } };
}

test("a whole page that htmx was led to is opened whole", () => {
  expect(destination(answer("\n<!DOCTYPE html><html></html>"))).toBe("https://mgmp.example/sessions/");
});

test("a part stays a part", () => {
  expect(destination(answer("<section></section>"))).toBe("");
  expect(destination(answer("<!DOCTYPE html>", false))).toBe("");
});
