/** What a message is made of when it is sent, and how a line shows one that waits. */
import type { Waiting } from "./outbox";

export function bodyOf(message: Waiting, file?: File): FormData {
  const body = new FormData();
  body.set("text", message.text);
  body.set("submission", message.submission);
  if (file) body.set("file", file);
  if (message.consent) body.set("consent", "on");
  return body;
}

export async function reasonOf(answer: Response): Promise<string> {
  try {
    return ((await answer.json()) as { reason?: string }).reason ?? "";
  } catch {
    return "";
  }
}

/** With a reason it has failed: its words can be copied, and it can be dropped. */
export function lineOf(template: HTMLTemplateElement, message: Waiting, reason: string, dropped: () => void): HTMLElement {
  const line = (template.content.cloneNode(true) as DocumentFragment).querySelector<HTMLElement>("li")!;
  line.dataset["waiting"] = message.submission;
  line.querySelector("[data-text]")!.textContent = message.text;
  line.querySelector("[data-reason]")!.textContent = reason;
  const file = line.querySelector<HTMLElement>("[data-file]");
  if (file) file.hidden = !message.file;
  if (file && message.file) file.querySelector("span")!.textContent = message.file;
  const copy = line.querySelector<HTMLTextAreaElement>("textarea");
  if (copy) copy.value = message.text;
  line.querySelector("[data-drop]")?.addEventListener("click", dropped);
  setState(line, reason ? "failed" : "kept");
  return line;
}

export function setState(line: HTMLElement, state: string): void {
  for (const part of line.querySelectorAll<HTMLElement>("[data-state]")) part.hidden = part.dataset["state"] !== state;
}
