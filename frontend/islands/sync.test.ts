import { beforeEach, expect, test, vi } from "vitest";
import { drop, keep } from "./drafts";
import "./sync";

beforeEach(() => {
  localStorage.clear();
  vi.unstubAllGlobals();
  document.body.innerHTML = `<mg-sync>${["connected", "kept", "sending", "offline"].map((state) => `<span data-state="${state}">${state}</span>`).join("")}</mg-sync>`;
});

function shown(): string {
  return [...document.querySelectorAll<HTMLElement>("[data-state]")].filter((part) => !part.hidden).map((part) => part.dataset["state"]).join();
}

test("a page that has come is connected", () => {
  expect(shown()).toBe("connected");
});

test("words that wait on the phone are told of until they are sent", () => {
  keep("feedback-1", { answers: {}, keptAt: Date.now() });
  expect(shown()).toBe("kept");

  drop("feedback-1");
  expect(shown()).toBe("connected");
});

test("a request under way and a lost signal are told of", () => {
  document.dispatchEvent(new CustomEvent("htmx:before:request"));
  expect(shown()).toBe("sending");
  document.dispatchEvent(new CustomEvent("htmx:finally:request"));

  vi.stubGlobal("navigator", { onLine: false });
  dispatchEvent(new Event("offline"));
  expect(shown()).toBe("offline");
});
