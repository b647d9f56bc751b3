import { beforeEach, expect, test } from "vitest";
import { remember, rememberedPerson, watchPerson } from "./person";

beforeEach(() => {
  localStorage.clear();
  document.body.dataset["person"] = "";
  document.body.innerHTML = `<form action="/accounts/logout/" method="post"></form>`;
});

test("a page of a signed-in person is remembered, one of a stranger changes nothing", () => {
  document.body.dataset["person"] = "7";
  watchPerson();
  expect(rememberedPerson()).toBe("7");

  document.body.dataset["person"] = "";
  watchPerson();
  expect(rememberedPerson()).toBe("7");
});

test("who signs out is forgotten, also where nothing else of the page is sent", () => {
  void remember("7");
  watchPerson();

  document.querySelector("form")!.dispatchEvent(new Event("submit", { bubbles: true }));

  expect(rememberedPerson()).toBe("");
});
