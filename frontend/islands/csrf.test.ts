import { beforeEach, expect, test } from "vitest";
import "./csrf";

beforeEach(() => {
  document.cookie = "csrftoken=abc123";
});

function headersOf(method: string): Record<string, string> {
  const request = { method, headers: {} };
  document.dispatchEvent(new CustomEvent("htmx:config:request", { detail: { ctx: { request } } }));
  return request.headers;
}

test("what changes something carries the mark of the cookie", () => {
  expect(headersOf("POST")).toEqual({ "X-CSRFToken": "abc123" });
});

test("what only reads does not", () => {
  expect(headersOf("get")).toEqual({});
});
