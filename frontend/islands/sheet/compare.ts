/** Shows this phone's version of a sheet and the server's beside each other, and asks which is right. */
import { inWords, itemOf, partsOf } from "./answers";
import type { Answer, Content, Sheet, Told } from "./record";
import { asked } from "./timeline";
import { piece, words } from "./words";

export async function choose(root: HTMLElement, sheet: Sheet, theirs: Told): Promise<"mine" | "theirs" | undefined> {
  const dialog = root.querySelector<HTMLDialogElement>("[data-compare-dialog]")!;
  const lines = [...differencesIn(root, sheet.content, theirs)].map((line) => piece(root, "version-line", line));
  const list = dialog.querySelector("[data-versions]")!;
  list.replaceChildren(...lines);
  if (!lines.length) list.textContent = words(root, "same");
  const answer = await asked(dialog);
  return answer === "mine" || answer === "theirs" ? answer : undefined;
}

function* differencesIn(root: HTMLElement, mine: Content, theirs: Content): Generator<{ text: string; mine: string; theirs: string }> {
  for (const part of partsOf(root)) {
    const [one, other] = [mine, theirs].map((content) => said(root, part, content.answers));
    if (one !== other) yield { text: part.dataset["text"] ?? "", mine: one!, theirs: other! };
  }
  const [one, other] = [mine, theirs].map((content) => notesIn(root, content));
  if (one !== other || count(root, mine) !== count(root, theirs)) {
    yield { text: root.querySelector("#timeline-heading")?.textContent ?? "", mine: one!, theirs: other! };
  }
}

function said(root: HTMLElement, part: HTMLElement, answers: Answer[]): string {
  const answer = answers.find((each) => each.item === itemOf(part));
  const yesNo = (yes: boolean): string => part.querySelector(`[value="${yes ? "yes" : "no"}"]`)?.closest("label")?.textContent?.trim() ?? "";
  return inWords(part, answer, words(root, "none"), yesNo, words(root, "is-na"));
}

function count(root: HTMLElement, content: Content): string {
  return words(root, "notes-count", { notes: content.notes.length, photos: content.photos.length });
}

function notesIn(root: HTMLElement, content: Content): string {
  const notes = [...content.notes].sort((one, other) => one.minute - other.minute).map((note) => `${note.minute}: ${note.text}`);
  return [count(root, content), ...notes].join("\n");
}
