import { beforeEach, expect, test } from "vitest";
import "./unreachable";

beforeEach(() => {
  document.body.innerHTML = `<div id="messages"></div><template id="unreachable"><p>Belum terkirim</p></template>`;
});

function messages(): string {
  return document.querySelector("#messages")!.textContent!;
}

test("no answer is told of", () => {
  document.dispatchEvent(new CustomEvent("htmx:error", { detail: { ctx: {} } }));

  expect(messages()).toBe("Belum terkirim");
});

test("a broken server is told of, a refusal speaks for itself", () => {
  document.dispatchEvent(new CustomEvent("htmx:response:error", { detail: { ctx: { response: { status: 403 } } } }));
  expect(messages()).toBe("");

  document.dispatchEvent(new CustomEvent("htmx:response:error", { detail: { ctx: { response: { status: 502 } } } }));
  expect(messages()).toBe("Belum terkirim");
});
