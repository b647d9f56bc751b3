import { afterEach, beforeEach, expect, test, vi } from "vitest";
import "./shared-card";

const ask = vi.fn();

function answer(status: number, body: unknown): Response {
  return { status, ok: status < 300, type: "basic", json: async () => body } as unknown as Response;
}

function news(revision: number, words: Record<string, string>): unknown {
  return { revision, words: { cause: "", attempt: "", ...words }, edited: "Disunting Rante", isShared: false };
}

function tell(detail: unknown): void {
  document.dispatchEvent(new CustomEvent("mg:card", { detail }));
}

const field = (name: string) => document.querySelector<HTMLTextAreaElement>(`textarea[name=${name}]`)!;
const sent = (name: string) => (ask.mock.calls.at(-1)![1] as { body: FormData }).body.get(name);

function write(name: string, text: string): void {
  field(name).value = text;
  field(name).dispatchEvent(new Event("input", { bubbles: true }));
}

function open(): void {
  document.body.innerHTML = `<mg-shared-card key="card-5"><form action="/pairs/5/card/"><input type="hidden" name="revision" value="1">
    <input type="hidden" name="was-cause" value="Takut."><input type="hidden" name="was-attempt" value="">
    <div class="field"><textarea name="cause">Takut.</textarea></div><div class="field"><textarea name="attempt"></textarea></div>
    <p data-edited></p><p data-state="kept" hidden></p><p data-state="refused" hidden><span data-reason></span></p>
    <template data-conflict><div><p data-theirs></p><button type="button"></button></div></template><button data-plain></button></form></mg-shared-card>`;
}

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  ask.mockReset();
  vi.stubGlobal("fetch", ask);
  open();
});
afterEach(() => {
  document.body.innerHTML = "";
  vi.useRealTimers();
});

test("it saves itself three seconds after the last word", async () => {
  ask.mockResolvedValue(answer(200, news(2, { cause: "Takut.", attempt: "Tunggu." })));
  write("attempt", "Tunggu.");
  await vi.advanceTimersByTimeAsync(2900);
  expect(ask).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(200);

  expect([sent("revision"), sent("attempt"), sent("was-attempt"), sent("cause"), sent("was-cause")]).toEqual(["1", "Tunggu.", "", "Takut.", "Takut."]);
  expect(document.querySelector<HTMLInputElement>("[name=revision]")!.value).toBe("2");
  expect(document.querySelector("[data-edited]")!.textContent).toBe("Disunting Rante");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(ask).toHaveBeenCalledTimes(1);
});

test("a field that one is not writing in takes the other's words, the other keeps one's own", () => {
  write("attempt", "Tunggu.");

  tell(news(2, { cause: "Takut salah." }));

  expect([field("cause").value, field("attempt").value]).toEqual(["Takut salah.", "Tunggu."]);
});

test("where both wrote, both are shown, nothing is saved by itself, and one puts them together", async () => {
  ask.mockResolvedValue(answer(200, news(3, { cause: "Malu.\nTakut sekali." })));
  write("cause", "Takut sekali.");
  tell(news(2, { cause: "Malu." }));
  await vi.advanceTimersByTimeAsync(5000);
  expect(ask).not.toHaveBeenCalled();
  expect(document.querySelector("[data-theirs]")!.textContent).toBe("Malu.");
  expect(field("cause").value).toBe("Takut sekali.");

  document.querySelector<HTMLElement>("[data-conflict-shown] button")!.click();
  await vi.advanceTimersByTimeAsync(3100);

  expect([sent("revision"), sent("cause"), sent("was-cause")]).toEqual(["2", "Malu.\nTakut sekali.", "Malu."]);
  expect(document.querySelector("[data-conflict-shown]")).toBeNull();
});

test("what was not saved yet survives a reload", async () => {
  ask.mockRejectedValue(new TypeError("offline"));
  write("attempt", "Tunggu.");
  await vi.advanceTimersByTimeAsync(3100);

  open();

  expect(field("attempt").value).toBe("Tunggu.");
});

test("what comes back of one's own words while one writes on is no conflict", async () => {
  ask.mockRejectedValue(new Error("lost answer"));
  write("attempt", "abc");
  await vi.advanceTimersByTimeAsync(3100);
  write("attempt", "abcd");

  tell(news(2, { cause: "Takut.", attempt: "abc" }));

  expect(document.querySelector("[data-conflict-shown]")).toBeNull();
  expect(field("attempt").value).toBe("abcd");
});

test("a conflict is one still after a reload, and nothing of it is saved by itself", async () => {
  write("cause", "Malu.");
  tell(news(2, { cause: "Lelah." }));
  write("cause", "Malu sekali.");
  document.body.innerHTML = "";
  open();
  for (const name of ["was-cause", "cause"]) document.querySelector<HTMLInputElement>(`[name=${name}]`)!.value = "Lelah.";
  const card = document.querySelector("mg-shared-card")!;
  card.replaceWith(card.cloneNode(true));
  await vi.advanceTimersByTimeAsync(10_000);

  expect(document.querySelector("[data-theirs]")!.textContent).toBe("Lelah.");
  expect(ask).not.toHaveBeenCalled();
});
