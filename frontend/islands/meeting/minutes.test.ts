import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keep, read } from "../drafts";
import "./minutes";

const send = vi.fn();

function answer(status: number, body: unknown): Response {
  return { status, ok: status < 300, type: "basic", json: async () => body } as unknown as Response;
}

function open(text = "", revision = 3): void {
  document.body.innerHTML = `<mg-minutes key="minutes-5" take="/pen/"><form method="post" action="/minutes/">
    <input type="hidden" name="revision" value="${revision}"><textarea name="proceedings">${text}</textarea><textarea name="closing"></textarea>
    <span data-state="kept" hidden></span><span data-state="sending" hidden></span><span data-state="saved" hidden><i data-at></i></span><span data-state="lost" hidden></span>
    <div data-trouble hidden><p data-words></p></div></form></mg-minutes>`;
}

function write(text: string): void {
  const field = document.querySelector<HTMLTextAreaElement>("[name=proceedings]")!;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

const saves = () => send.mock.calls.filter(([address]) => String(address).endsWith("/minutes/"));
const state = () => [...document.querySelectorAll<HTMLElement>("[data-state]")].filter((one) => !one.hidden).map((one) => one.dataset["state"]);
const trouble = () => document.querySelector<HTMLElement>("[data-trouble]")!;

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  send.mockReset().mockImplementation(async () => answer(200, { revision: 4, at: "10.42" }));
  vi.stubGlobal("fetch", send);
});
afterEach(() => {
  document.body.innerHTML = "";
  vi.useRealTimers();
});

test("the pen is taken with the first word, and all is saved two seconds after the last", async () => {
  open();
  write("Buka");
  await vi.advanceTimersByTimeAsync(1500);
  write("Buka kelas.");
  await vi.advanceTimersByTimeAsync(1900);
  expect(send.mock.calls.map(([address]) => address)).toEqual(["/pen/"]);
  expect(read("minutes-5")).toBeDefined();

  await vi.advanceTimersByTimeAsync(200);
  expect(saves()).toHaveLength(1);
  expect((saves()[0]![1].body as FormData).get("proceedings")).toBe("Buka kelas.");
  expect(document.querySelector<HTMLInputElement>("[name=revision]")!.value).toBe("4");
  expect(read("minutes-5")).toBeUndefined();
  expect(state()).toEqual(["saved"]);
});

test("without signal the words stay on the device and are sent again", async () => {
  send.mockRejectedValueOnce(new TypeError("offline")).mockRejectedValueOnce(new TypeError("offline"));
  open();
  write("Buka kelas.");
  await vi.advanceTimersByTimeAsync(2100);
  expect(state()).toEqual(["lost"]);
  expect(read("minutes-5")).toBeDefined();

  await vi.advanceTimersByTimeAsync(5100);
  expect(state()).toEqual(["saved"]);
});

test("when somebody else wrote on, it says so and saves no more", async () => {
  send.mockResolvedValueOnce(answer(200, { revision: 3 })).mockResolvedValueOnce(answer(409, { words: "Sudah ditulis orang lain." }));
  open();
  write("Buka kelas.");
  await vi.advanceTimersByTimeAsync(2100);
  expect(trouble().hidden).toBe(false);
  expect(trouble().textContent).toContain("Sudah ditulis orang lain.");

  write("Buka kelas lagi.");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(saves()).toHaveLength(1);
});

test("who finds the pen in another's hand is told at the first word", async () => {
  send.mockResolvedValueOnce(answer(423, { words: "Ani sedang menulis (10.42)." }));
  open();
  write("B");
  await vi.advanceTimersByTimeAsync(10);

  expect(trouble().textContent).toContain("Ani sedang menulis");
});

test("words of an earlier visit go on from the text that was there then", async () => {
  keep("minutes-5", { answers: { proceedings: { was: "", is: "Dari HP." }, closing: { was: "", is: "" }, revision: { was: "", is: "2" } }, keptAt: Date.now() });
  open("Dari laptop.", 3);
  await vi.advanceTimersByTimeAsync(10);

  const sent = saves()[0]![1].body as FormData;
  expect([sent.get("revision"), sent.get("proceedings")]).toEqual(["2", "Dari HP."]);
});

test("going out of sight saves at once", async () => {
  open();
  write("Buka kelas.");
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  document.dispatchEvent(new Event("visibilitychange"));
  await vi.advanceTimersByTimeAsync(10);

  expect(saves()).toHaveLength(1);
  expect(saves()[0]![1]).toMatchObject({ keepalive: true });
  hidden.mockRestore();
});
