import { beforeEach, expect, test } from "vitest";
import "./draft-keeper";
import { settle } from "./drafts";

function open(words = "", mark = "first-mark", person = "7", answered = ""): void {
  document.body.dataset["person"] = person;
  document.body.innerHTML = `<mg-draft-keeper key="feedback-1" ${answered}><form>
    <input type="hidden" name="submission" value="${mark}">
    <input type="hidden" name="begun_as" value="">
    <textarea name="strengths">${words}</textarea>
    <label><input type="radio" name="scale" value="belum">Belum</label>
    <label><input type="radio" name="scale" value="efektif">Efektif</label>
    <input type="password" name="secret">
    <p data-draft hidden>Tersimpan di HP</p></form></mg-draft-keeper>`;
}

function field<T extends HTMLElement = HTMLTextAreaElement>(selector = "textarea"): T {
  return document.querySelector<T>(selector)!;
}

function write(words: string): void {
  field().value = words;
  field().dispatchEvent(new Event("input", { bubbles: true }));
}

function send(): void {
  document.querySelector("form")!.dispatchEvent(new Event("submit", { bubbles: true }));
}

beforeEach(() => localStorage.clear());

test("words and choices survive a reload, and the page says so", () => {
  open();
  field<HTMLInputElement>("[value=efektif]").checked = true;
  write("Setiap kelompok punya tugas.");

  open();

  expect(field().value).toBe("Setiap kelompok punya tugas.");
  expect(field<HTMLInputElement>("[value=efektif]").checked).toBe(true);
  expect(field("[data-draft]").hidden).toBe(false);
});

test("a form sent again after a lost answer keeps its mark, so it counts once", () => {
  open("", "first-mark");
  write("Tenang.");
  send();

  open("", "second-mark");

  expect(field().value).toBe("Tenang.");
  expect(field<HTMLInputElement>("[name=submission]").value).toBe("first-mark");
});

test("a form that was never sent takes a new mark, for its old one may be used elsewhere", () => {
  open("", "first-mark");
  write("Tenang.");

  open("", "second-mark");

  expect(field().value).toBe("Tenang.");
  expect(field<HTMLInputElement>("[name=submission]").value).toBe("second-mark");
  expect(field<HTMLInputElement>("[name=begun_as]").value).toBe("first-mark");
});

test("a draft that is gone on with keeps its mark and is not begun as itself", () => {
  open("Tenang.", "first-mark");
  write("Tenang sekali.");

  open("Tenang.", "first-mark");

  expect(field().value).toBe("Tenang sekali.");
  expect(field<HTMLInputElement>("[name=submission]").value).toBe("first-mark");
  expect(field<HTMLInputElement>("[name=begun_as]").value).toBe("");
});

test("the server's answer stays as it came, and what it refused is kept with its new mark", () => {
  open("", "first-mark");
  write("Tenang.");
  send();

  open("Tenang.", "second-mark", "7", "answered");
  expect(field<HTMLInputElement>("[name=submission]").value).toBe("second-mark");
  write("Tenang sekali.");
  open("", "third-mark");

  expect(field().value).toBe("Tenang sekali.");
  expect(field<HTMLInputElement>("[name=submission]").value).toBe("third-mark");
});

test("a draft is dropped once the page that answers its form is there", () => {
  open();
  write("Tenang.");
  send();

  settle(location.href, true);
  open();

  expect(field().value).toBe("");
});

test("a page reached by another way drops no draft", () => {
  open();
  write("Tenang.");
  send();

  settle("", false);
  open();

  expect(field().value).toBe("Tenang.");
});

test("words that changed on the server since are not overwritten", () => {
  open("Lama.");
  write("Tulisan saya.");

  open("Baru dari rekan.");

  expect(field().value).toBe("Baru dari rekan.");
});

test("words that are gone on the server are there again from the device", () => {
  open("Lama.");
  write("Lama dan baru.");

  open("");

  expect(field().value).toBe("Lama dan baru.");
});

test("another person on the same phone does not see the draft", () => {
  open();
  write("Rahasia.");

  open("", "mark", "8");

  expect(field().value).toBe("");
});

test("passwords are never kept", () => {
  open();
  field<HTMLInputElement>("[name=secret]").value = "sandi";
  write("Tenang.");

  expect(JSON.stringify({ ...localStorage })).not.toContain("sandi");
});

test("a form that htmx sent is dropped when the server took it, kept when it refused", () => {
  open();
  write("Tenang.");
  const answer = (status: number) =>
    document.querySelector("form")!.dispatchEvent(new CustomEvent("htmx:after:request", { bubbles: true, detail: { ctx: { response: { status } } } }));

  answer(422);
  expect(localStorage.length).toBe(1);

  answer(200);
  expect(localStorage.length).toBe(0);
});
