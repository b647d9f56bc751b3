import { beforeEach, expect, test } from "vitest";
import "./unreachable";

beforeEach(() => {
  document.body.innerHTML = `<div id="messages"></div>
    <template id="unreachable"><p>Belum terkirim</p></template><template id="broken"><p>Belum berhasil</p></template>`;
});

function answer(status: number, retarget?: string): { swap?: string; response: object } {
  const ctx = { response: { status }, hx: retarget ? { retarget } : {} };
  document.dispatchEvent(new CustomEvent("htmx:response:error", { detail: { ctx } }));
  return ctx;
}

function messages(): string {
  return document.querySelector("#messages")!.textContent!;
}

test("no answer is told of", () => {
  document.dispatchEvent(new CustomEvent("htmx:error", { detail: { ctx: {} } }));

  expect(messages()).toBe("Belum terkirim");
});

test.each([400, 405, 502])("an answer that is not for the page (%i) is told of and not shown", (status) => {
  expect(answer(status).swap).toBe("none");
  expect(messages()).toBe("Belum berhasil");
});

test("a refusal and a form to mend speak for themselves", () => {
  expect(answer(403, "#messages").swap).toBeUndefined();
  expect(answer(422).swap).toBeUndefined();
  expect(messages()).toBe("");
});
