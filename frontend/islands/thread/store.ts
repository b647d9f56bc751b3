/**
 * What this phone keeps of discussions in which one still thinks alone, each under its person and thread.
 *
 * `thread:<person>:<thread>` is what the page said when it was last open with signal, so that it can be shown without. It goes when its
 * person signs out, see person.ts. `thought:<person>:<thread>` is what the server does not have yet: it stays until it was sent or dropped.
 */
import { rememberedPerson } from "../person";

export interface Answer {
  text: string;
  standing: string;
  /** Which state of the answer it is; empty before the first. The server gives it. */
  seen: string;
}

export interface About extends Answer {
  title: string;
  problem: string;
  prompt: string;
  /** Until when one thinks, in words, and in milliseconds since 1970. */
  ends: string;
  until: number;
  /** When the answer was saved, in words. */
  at: string;
  /** Others talk in pairs already: it is sent by its button alone. */
  isLate: boolean;
}

export interface Unsent extends Answer {
  title: string;
  /** What was sent without an answer: when the server has it, it is nobody else's. */
  sent: string[];
  /** It is sent only by its button: sending it takes the person to a pair. */
  isHeld: boolean;
  /** Why the server does not take it; then it is not sent again by itself. */
  refusal?: string;
  /** What was written on another phone meanwhile; nothing is sent before the two were put together. */
  other?: Answer;
}

const LONG_OVER_MS = 7 * 24 * 3600 * 1000;

/** Whose words this page shows: who is signed in, or on a page that knows nobody who was last. */
export function person(): string {
  return document.body.dataset["person"] || (document.body.hasAttribute("data-kept") ? rememberedPerson() : "");
}

export const about = (who: string, thread: number) => read<About>(`thread:${who}:${thread}`);
export const unsent = (who: string, thread: number) => read<Unsent>(`thought:${who}:${thread}`);
export const abouts = (who: string) => threadsUnder(`thread:${who}:`);
export const unsents = (who: string) => threadsUnder(`thought:${who}:`);

export function keepAbout(who: string, thread: number, what: About | undefined): void {
  write(`thread:${who}:${thread}`, what);
}

/** Says whether the phone took it; one that is full or forbids it does not. */
export function keepUnsent(who: string, thread: number, what: Unsent | undefined): boolean {
  const isKept = write(`thought:${who}:${thread}`, what);
  for (const name of ["mg:drafts", "mg:thoughts"]) document.dispatchEvent(new Event(name));
  return isKept;
}

/** Nobody needs the problem of a discussion that went on long ago. */
export function forgetOld(who: string): void {
  for (const thread of abouts(who)) if ((about(who, thread)?.until ?? 0) + LONG_OVER_MS < Date.now()) keepAbout(who, thread, undefined);
}

function threadsUnder(prefix: string): number[] {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(prefix));
    return names.map((name) => Number(name.slice(prefix.length))).sort((one, other) => other - one);
  } catch {
    return [];
  }
}

function read<What>(key: string): What | undefined {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? "null") as What | null) ?? undefined;
  } catch {
    return undefined;
  }
}

function write(key: string, what: object | undefined): boolean {
  try {
    if (what) localStorage.setItem(key, JSON.stringify(what));
    else localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}
