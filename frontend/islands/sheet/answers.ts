/**
 * The answers that stand in the form, item by item: `<div data-item="7">` holds the fields point-7, yes-7, number-7, text-7, is_na-7, evidence-7.
 */
import type { Answer } from "./record";

export type Lack = "answer" | "evidence" | "sentence";

type Field = HTMLInputElement | HTMLTextAreaElement;

export function partsOf(root: ParentNode): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>("[data-item]")];
}

export function itemOf(part: HTMLElement): number {
  return Number(part.dataset["item"]);
}

export function answersIn(root: ParentNode): Answer[] {
  return partsOf(root).map((part) => {
    const yes = valueOf(part, "yes");
    const number = valueOf(part, "number").trim();
    return {
      item: itemOf(part),
      point: Number(valueOf(part, "point")) || null,
      yes: yes ? yes === "yes" : null,
      number: /^\d{1,6}$/.test(number) ? Number(number) : null,
      text: valueOf(part, "text"),
      is_na: valueOf(part, "is_na") !== "",
      evidence: valueOf(part, "evidence"),
    };
  });
}

/** Show these answers in the form; items without one are emptied. */
export function fillIn(root: ParentNode, answers: Answer[]): void {
  const byItem = new Map(answers.map((answer) => [answer.item, answer]));
  for (const part of partsOf(root)) {
    const answer = byItem.get(itemOf(part));
    put(part, "point", answer?.point ? String(answer.point) : "");
    put(part, "yes", answer?.yes === undefined || answer.yes === null ? "" : answer.yes ? "yes" : "no");
    put(part, "number", answer?.number === undefined || answer.number === null ? "" : String(answer.number));
    put(part, "text", answer?.text ?? "");
    put(part, "is_na", answer?.is_na ? "on" : "");
    put(part, "evidence", answer?.evidence ?? "");
  }
}

/** Whether this item has something in it. */
export function isFilled(answer: Answer | undefined): boolean {
  return answer !== undefined && (answer.point !== null || answer.yes !== null || answer.number !== null || answer.is_na || answer.text.trim() !== "");
}

/** What the server will miss in this item, so that it is said in the classroom already. It decides all the same. */
export function lackOf(part: HTMLElement, answer: Answer, fewest: number): Lack | undefined {
  if (answer.is_na) return undefined;
  const isText = part.querySelector('[name^="text-"]') !== null;
  if (part.hasAttribute("data-required")) {
    if (isText && answer.text.trim().length < fewest) return "sentence";
    if (!isText && !isFilled(answer)) return "answer";
  }
  const isBest = answer.point !== null && part.dataset["best"] === String(answer.point);
  const asks = part.dataset["evidence"] === "always" || (part.dataset["evidence"] === "unless_best" && answer.point !== null && !isBest);
  return asks && answer.evidence.trim().length < fewest ? "evidence" : undefined;
}

/** The answer in words, for comparing two versions. */
export function inWords(part: HTMLElement, answer: Answer | undefined, none: string, yesNo: (yes: boolean) => string, na: string): string {
  if (!answer || (!isFilled(answer) && !answer.evidence)) return none;
  if (answer.is_na) return na;
  const chosen = answer.point === null ? null : part.querySelector(`[name^="point-"][value="${answer.point}"]`)?.closest("label");
  const said = [chosen?.textContent?.trim(), answer.yes === null ? "" : yesNo(answer.yes), answer.number ?? "", answer.text, answer.evidence];
  return said.filter((word) => word !== "" && word !== undefined).join(". ");
}

function fieldsOf(part: HTMLElement, name: string): Field[] {
  return [...part.querySelectorAll<Field>(`[name="${name}-${itemOf(part)}"]`)];
}

function isTick(field: Field): field is HTMLInputElement {
  return field.type === "radio" || field.type === "checkbox";
}

function valueOf(part: HTMLElement, name: string): string {
  const fields = fieldsOf(part, name);
  const [first] = fields;
  if (first && isTick(first)) return (fields as HTMLInputElement[]).find((field) => field.checked)?.value ?? "";
  return first?.value ?? "";
}

function put(part: HTMLElement, name: string, value: string): void {
  for (const field of fieldsOf(part, name)) {
    if (isTick(field)) field.checked = field.type === "checkbox" ? value !== "" : field.value === value;
    else if (field.value !== value) field.value = value;
  }
}
