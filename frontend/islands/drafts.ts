/**
 * The unfinished forms that wait on this device, each under its person and key, for a month.
 *
 * A draft is sent when its form was submitted, and arrived when the server's answer says so. Between the two it is kept.
 */
export interface Answer {
  was: string;
  is: string;
}

export interface Draft {
  answers: Record<string, Answer>;
  keptAt: number;
  sentFrom?: string;
}

const PREFIX = "draft:";
const LIFETIME_MS = 30 * 24 * 3600 * 1000;

/** A person's drafts are hers alone, also on a phone that two share. */
function ownPrefix(): string {
  return `${PREFIX}${document.body.dataset["person"] ?? ""}:`;
}

export function read(key: string): Draft | undefined {
  try {
    return JSON.parse(localStorage.getItem(ownPrefix() + key) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

/** Says whether the device took the draft; one that is full or forbids it does not. */
export function keep(key: string, draft: Draft): boolean {
  try {
    localStorage.setItem(ownPrefix() + key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  } finally {
    tell();
  }
}

export function drop(key: string): void {
  localStorage.removeItem(ownPrefix() + key);
  tell();
}

export function keys(): string[] {
  const prefix = ownPrefix();
  try {
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length));
  } catch {
    return [];
  }
}

/** Drops what arrived: this page is the redirect that answered its form. And what is older than a month. */
export function settle(referrer: string, wasRedirected: boolean): void {
  for (const key of keys()) {
    const draft = read(key);
    const hasArrived = wasRedirected && draft?.sentFrom !== undefined && draft.sentFrom === referrer;
    if (!draft || hasArrived || Date.now() - draft.keptAt > LIFETIME_MS) drop(key);
  }
}

function tell(): void {
  document.dispatchEvent(new CustomEvent("mg:drafts"));
}
