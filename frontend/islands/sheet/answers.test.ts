import { beforeEach, expect, test } from "vitest";
import { answersIn, fillIn, lackOf, partsOf } from "./answers";
import type { Answer } from "./record";

const EMPTY = { point: null, yes: null, number: null, text: "", is_na: false, evidence: "" };

beforeEach(() => {
  document.body.innerHTML = `
    <div data-item="7" data-required data-evidence="unless_best" data-best="3">
      <label><input type="radio" name="point-7" value="2"> Tumbuh</label><label><input type="radio" name="point-7" value="3"> Efektif</label>
      <input type="checkbox" name="is_na-7"><textarea name="evidence-7"></textarea></div>
    <div data-item="8" data-required><input type="radio" name="yes-8" value="yes"><input type="radio" name="yes-8" value="no"></div>
    <div data-item="9"><input name="number-9"></div>
    <div data-item="10" data-required><textarea name="text-10"></textarea></div>`;
});

const full: Answer[] = [
  { ...EMPTY, item: 7, point: 2, evidence: "Meja 7 dan 8." },
  { ...EMPTY, item: 8, yes: false },
  { ...EMPTY, item: 9, number: 0 },
  { ...EMPTY, item: 10, text: "Murid bertanya." },
];

test("what is filled in is read as it was, also a no and a nought", () => {
  fillIn(document, full);

  expect(answersIn(document)).toEqual(full);
});

test("a sheet that says nothing of an item empties it", () => {
  fillIn(document, full);
  fillIn(document, []);

  expect(answersIn(document)).toEqual([7, 8, 9, 10].map((item) => ({ ...EMPTY, item })));
});

test("what is missing is said as the server will say it", () => {
  const lacks = (answers: Answer[]) => partsOf(document).map((part, n) => lackOf(part, answers[n]!, 10));
  const none = [7, 8, 9, 10].map((item) => ({ ...EMPTY, item }));

  expect(lacks(none)).toEqual(["answer", "answer", undefined, "sentence"]);
  expect(lacks(full)).toEqual([undefined, undefined, undefined, undefined]);
  expect(lacks([{ ...full[0]!, evidence: "Ya." }, ...full.slice(1)])[0]).toBe("evidence");
  expect(lacks([{ ...full[0]!, point: 3, evidence: "" }, ...full.slice(1)])[0]).toBeUndefined();
  expect(lacks([{ ...none[0]!, is_na: true }, ...full.slice(1)])[0]).toBeUndefined();
});
