/**
 * The messages that wait on this device until they are sent, each under its person and pair, in the order they were written.
 *
 * A person's messages are hers alone: another account on the same phone neither sees nor sends them.
 */
import { dropFile } from "./kept-files";

export interface Waiting {
  submission: string;
  text: string;
  at: number;
  /** Of which discussion, so that its page can show what a pair that is no more left behind. */
  thread: number;
  /** The name of the file that goes with it; see kept-files.ts. */
  file?: string;
  /** Those in the picture agree. */
  consent?: boolean;
  /** Why the server did not take it; then it is not sent again by itself. */
  reason?: string;
}

function keyOf(pair: string): string {
  return `talk:${document.body.dataset["person"] ?? ""}:${pair}`;
}

/** The pairs of this person in which something waits. */
export function pairsWaiting(): string[] {
  try {
    const prefix = keyOf("");
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length));
  } catch {
    return [];
  }
}

export function waitingIn(pair: string): Waiting[] {
  try {
    return JSON.parse(localStorage.getItem(keyOf(pair)) ?? "[]") as Waiting[];
  } catch {
    return [];
  }
}

/** Says whether the device took it; one that is full or forbids it does not. */
export function put(pair: string, message: Waiting): boolean {
  const others = waitingIn(pair).filter((one) => one.submission !== message.submission);
  return store(pair, [...others, message].sort((one, other) => one.at - other.at));
}

export function drop(pair: string, submission: string): void {
  const all = waitingIn(pair);
  store(
    pair,
    all.filter((one) => one.submission !== submission),
  );
  if (all.some((one) => one.submission === submission && one.file)) dropFile(submission).catch(() => undefined);
}

function store(pair: string, messages: Waiting[]): boolean {
  try {
    if (messages.length) localStorage.setItem(keyOf(pair), JSON.stringify(messages));
    else localStorage.removeItem(keyOf(pair));
    return true;
  } catch {
    return false;
  }
}
