/**
 * The messages that wait on this device until they are sent, each under its person and pair, in the order they were written.
 *
 * A person's messages are hers alone: another account on the same phone neither sees nor sends them.
 */
export interface Waiting {
  submission: string;
  text: string;
  at: number;
  /** Why the server did not take it; then it is not sent again by itself. */
  reason?: string;
}

function keyOf(pair: string): string {
  return `talk:${document.body.dataset["person"] ?? ""}:${pair}`;
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
  store(
    pair,
    waitingIn(pair).filter((one) => one.submission !== submission),
  );
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
