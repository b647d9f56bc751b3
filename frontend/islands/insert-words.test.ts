import { beforeEach, expect, test, vi } from "vitest";
import "./insert-words";

beforeEach(() => {
  document.body.innerHTML = `<form><textarea id="id_seen">Empat murid menjawab.</textarea><mg-insert-words into="id_seen">
    <button type="submit" value="note-1" data-words="Menit 12: Meja 5 bertanya."><b>Menit 12</b></button>
    <button type="submit" value="note-2" data-words="Meja 7 diam.">Meja 7</button></mg-insert-words></form>`;
});

const field = () => document.querySelector("textarea")!;

test("a tap puts the note on a line of its own, once, and sends nothing", () => {
  const sent = vi.fn((event: Event) => event.preventDefault());
  const typed = vi.fn();
  document.querySelector("form")!.addEventListener("submit", sent);
  document.addEventListener("input", typed);

  document.querySelector<HTMLElement>("button b")!.click();
  document.querySelector<HTMLElement>("button b")!.click();
  document.querySelector<HTMLButtonElement>("[value=note-2]")!.click();

  expect(field().value).toBe("Empat murid menjawab.\nMenit 12: Meja 5 bertanya.\nMeja 7 diam.");
  expect(sent).not.toHaveBeenCalled();
  expect(typed).toHaveBeenCalledTimes(2);
});

test("an empty field begins with the note", () => {
  field().value = "";

  document.querySelector("button")!.click();

  expect(field().value).toBe("Menit 12: Meja 5 bertanya.");
});

test("where the field is not on the page, the button sends the form", () => {
  const sent = vi.fn((event: Event) => event.preventDefault());
  document.querySelector("form")!.addEventListener("submit", sent);
  field().remove();

  document.querySelector("button")!.click();

  expect(sent).toHaveBeenCalledOnce();
});
