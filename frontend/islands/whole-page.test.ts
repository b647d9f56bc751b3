import { expect, test } from "vitest";
import type { Sent } from "./htmx-events";
import { destination } from "./whole-page";

const HERE = { pathname: "/sessions/12/", search: "?tab=people" } as Location;

function answer(text: string, redirected = true): Pick<Sent["ctx"], "text" | "response"> {
  const raw = { redirected, url: "https://mgmp.example/accounts/login/?next=/sessions/12/hold/" };
  return { text, response: { status: 200, raw } };
}

test("the page to sign in is opened whole and leads back here", () => {
  const url = destination(answer("\n<!DOCTYPE html><html></html>"), HERE);

  expect(url).toBe("https://mgmp.example/accounts/login/?next=%2Fsessions%2F12%2F%3Ftab%3Dpeople");
});

test("a part stays a part", () => {
  expect(destination(answer("<section></section>"), HERE)).toBe("");
  expect(destination(answer("<!DOCTYPE html>", false), HERE)).toBe("");
});
