import { afterEach, beforeEach, expect, test, vi } from "vitest";
import "./mention-picker";

const asked: string[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  vi.stubGlobal("fetch", (url: string) => {
    asked.push(url);
    return Promise.resolve(
      new Response('<li role="option" id="p1" data-username="sitti.r"><b>Sitti</b></li><li role="option" id="p2" data-username="siti.a">Siti</li>'),
    );
  });
  document.body.innerHTML = `<mg-mention-picker url="/posts/people/" label="Rekan"><textarea></textarea></mg-mention-picker>`;
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const field = () => document.querySelector("textarea")!;
const list = () => document.querySelector<HTMLElement>("[role=listbox]")!;

async function type(text: string): Promise<void> {
  field().value = text;
  field().setSelectionRange(text.length, text.length);
  field().dispatchEvent(new Event("input", { bubbles: true }));
  await vi.advanceTimersByTimeAsync(250);
}

const press = (key: string) => field().dispatchEvent(new KeyboardEvent("keydown", { key, cancelable: true }));

test("an @ and two letters ask for people, one letter or an address does not", async () => {
  await type("Terima kasih @s");
  await type("kirim ke a@si");
  expect(asked).toEqual([]);
  expect(list().hidden).toBe(true);

  await type("Terima kasih @si");

  expect(asked).toEqual(["/posts/people/?q=si"]);
  expect(list().hidden).toBe(false);
});

test("arrows and Enter put the username in", async () => {
  await type("Terima kasih @si");

  press("ArrowDown");
  press("Enter");

  expect(field().value).toBe("Terima kasih @siti.a ");
  expect(list().hidden).toBe(true);
});

test("a tap puts it in too, and Escape leaves the text as it is", async () => {
  await type("@si");
  document.querySelector<HTMLElement>("li b")!.click();
  expect(field().value).toBe("@sitti.r ");

  await type("@si");
  press("Escape");
  expect(field().value).toBe("@si");
  expect(list().hidden).toBe(true);
});
