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

test("sheets that wait are told of, and what sends them is loaded once", () => {
  document.body.dataset["person"] = "7";
  localStorage.setItem("sheets:7", "1");
  document.body.innerHTML += `<mg-sync script="/static/frontend/sheet.js"></mg-sync>`;
  document.body.innerHTML += "";

  expect(shown()).toBe("kept");
  expect(document.head.querySelectorAll('script[src="/static/frontend/sheet.js"]').length).toBe(1);

  document.dispatchEvent(new CustomEvent("mg:sending", { detail: { isSending: true } }));
  expect(shown()).toBe("sending");
  document.dispatchEvent(new CustomEvent("mg:sending", { detail: { isSending: false } }));
  localStorage.clear();
  document.dispatchEvent(new CustomEvent("mg:drafts"));
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
