import { beforeEach, expect, test } from "vitest";
import "./markdown-editor";

beforeEach(() => {
  document.body.innerHTML = `<mg-markdown-editor><div><label>Isi</label><textarea></textarea></div>
    <div role="toolbar" data-toolbar hidden><button type="button" data-mark="bold"><b>x</b></button><button type="button" data-mark="list"></button>
    <button type="button" data-mark="heading"></button><button type="button" data-mark="link"></button></div></mg-markdown-editor>`;
});

const field = () => document.querySelector("textarea")!;

function press(mark: string, text: string, start: number, end = start): string {
  field().value = text;
  field().setSelectionRange(start, end);
  document.querySelector<HTMLElement>(`[data-mark=${mark}]`)!.click();
  return field().value;
}

test("the buttons stand above the field", () => {
  expect(field().previousElementSibling?.getAttribute("role")).toBe("toolbar");
  expect(document.querySelector<HTMLElement>("[data-toolbar]")!.hidden).toBe(false);
});

test("bold goes around the selected words, and off again", () => {
  expect(press("bold", "kol ungu", 4, 8)).toBe("kol **ungu**");
  expect(field().value.slice(field().selectionStart, field().selectionEnd)).toBe("ungu");
  expect(press("bold", "kol **ungu**", 6, 10)).toBe("kol ungu");
});

test("lists and headings mark whole lines, and off again", () => {
  expect(press("list", "satu\ndua\ntiga", 2, 7)).toBe("- satu\n- dua\ntiga");
  expect(press("list", "- satu\n- dua", 0, 12)).toBe("satu\ndua");
  expect(press("heading", "satu\nLangkah", 9)).toBe("satu\n## Langkah");
});

test("a link takes the selected words as its own", () => {
  expect(press("link", "lihat ini", 6, 9)).toBe("lihat [ini](https://)");
});
