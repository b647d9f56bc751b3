/**
 * Words and drawings that the page brings along as templates: `<template data-words-kept>Tersimpan pukul {time}</template>`.
 */
import { timeOf } from "../marks";
import { type Sheet, hasUnsent, progress } from "./record";

export type Values = Record<string, string | number>;

export function words(root: ParentNode, name: string, values: Values = {}): string {
  return filled(root.querySelector<HTMLTemplateElement>(`template[data-words-${name}]`)?.content.textContent ?? "", values).trim();
}

/** The first element of a template, with values in its texts. */
export function piece(root: ParentNode, name: string, values: Values = {}): HTMLElement {
  const made = root.querySelector<HTMLTemplateElement>(`template[data-${name}]`)!.content.cloneNode(true) as DocumentFragment;
  const walker = document.createTreeWalker(made, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) text.textContent = filled(text.textContent ?? "", values);
  return made.firstElementChild as HTMLElement;
}

function filled(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ""));
}

/** Which state to show of a sheet, never “sent” before the server said so. */
export function stateOf(sheet: Sheet, isSending: boolean): { name: string; values: Values } {
  const { trouble } = sheet;
  if (isSending && hasUnsent(sheet)) {
    const { done, all } = progress(sheet);
    return { name: "sending", values: { percent: all ? Math.floor((done / all) * 100) : 0 } };
  }
  if (trouble?.kind === "differs") return { name: "differs", values: {} };
  if (trouble?.kind === "signin") return { name: "signin", values: {} };
  if (trouble) return { name: "failed", values: {} };
  if (hasUnsent(sheet)) return { name: sheet.isSubmitting ? "waiting" : "kept", values: {} };
  if (sheet.submittedAt) return { name: "sent", values: { time: timeOf(sheet.submittedAt) } };
  return sheet.savedAt ? { name: "draft", values: { time: timeOf(sheet.savedAt) } } : { name: "empty", values: {} };
}
