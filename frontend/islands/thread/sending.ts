/**
 * Sends what this phone keeps of thoughts, and writes down after each answer what is left to do.
 *
 * What was written while a sending was under way is sent after it. An answer that never came is made up for: the server says what it has, and
 * the phone knows its own words again.
 */
import { csrfMark } from "../marks";
import { type Answer, about, keepAbout, keepUnsent, unsent } from "./store";

/** What became of it; `none` where there was nothing to send by itself. */
export type Outcome = "sent" | "waiting" | "signedout" | "refused" | "differs" | "none";

interface Told extends Answer {
  at?: string;
  reason?: string;
}

const underWay = new Map<string, Promise<Outcome>>();

/** Send the words of one thread; asked again meanwhile, it is the same sending. */
export function send(who: string, thread: number): Promise<Outcome> {
  const key = `${who}:${thread}`;
  const sending = underWay.get(key) ?? sendAll(who, thread).finally(() => underWay.delete(key));
  underWay.set(key, sending);
  return sending;
}

async function sendAll(who: string, thread: number): Promise<Outcome> {
  let outcome = await sendOnce(who, thread);
  while (outcome === "more") outcome = await sendOnce(who, thread);
  return outcome;
}

async function sendOnce(who: string, thread: number): Promise<Outcome | "more"> {
  const words = unsent(who, thread);
  if (!words || words.isHeld || !words.text.trim()) return "none";
  if (words.refusal !== undefined) return "refused";
  if (words.other) return "differs";
  keepUnsent(who, thread, { ...words, sent: [...new Set([...words.sent, words.text])] });
  let answer: Response;
  try {
    answer = await post(who, thread, words);
  } catch {
    return "waiting";
  }
  if (answer.type === "opaqueredirect" || answer.status === 401) return "signedout";
  if (answer.status >= 500 || answer.status === 429) return "waiting";
  const told = await toldBy(answer);
  // A page instead of an answer: the mark against forged requests was old, or there is no such discussion for this person.
  if (!told && answer.status !== 404) return "waiting";
  if (answer.ok) return taken(who, thread, words, told!);
  if (answer.status === 409) return differing(who, thread, told!);
  const now = unsent(who, thread);
  if (now) keepUnsent(who, thread, { ...now, sent: [], refusal: told?.reason ?? "" });
  return "refused";
}

function taken(who: string, thread: number, words: Answer, told: Told): Outcome | "more" {
  const known = about(who, thread);
  if (known) keepAbout(who, thread, { ...known, text: words.text, standing: words.standing, seen: told.seen, at: told.at ?? "" });
  const now = unsent(who, thread);
  if (!now) return "sent";
  const isAll = now.text === words.text && now.standing === words.standing;
  keepUnsent(who, thread, isAll ? undefined : { ...now, seen: told.seen, sent: [] });
  return isAll ? "sent" : "more";
}

/** The server has other words: those whose answer was lost, or what was written on another phone. */
function differing(who: string, thread: number, told: Told): Outcome | "more" {
  const now = unsent(who, thread);
  if (!now) return "sent";
  const other = { text: told.text, standing: told.standing, seen: told.seen };
  const isOwn = now.sent.some((text) => plain(text) === plain(told.text));
  keepUnsent(who, thread, isOwn ? { ...now, seen: told.seen, sent: [] } : { ...now, sent: [], other });
  return isOwn ? "more" : "differs";
}

function post(who: string, thread: number, words: Answer): Promise<Response> {
  const body = new FormData();
  // Whose words they are: another account on the same phone must not send them as its own.
  for (const [name, value] of Object.entries({ person: who, text: words.text, standing: words.standing, seen: words.seen })) body.set(name, value);
  // From a page that was opened late only the button sends: these words are whole, and find a partner.
  if (about(who, thread)?.isLate) body.set("late", "1");
  const headers = { Accept: "application/json", "X-CSRFToken": csrfMark() };
  return fetch(`/threads/${thread}/thoughts/`, { method: "POST", body, headers, redirect: "manual", keepalive: true });
}

async function toldBy(answer: Response): Promise<Told | undefined> {
  try {
    return (await answer.json()) as Told;
  } catch {
    return undefined;
  }
}

/** As the server keeps it. */
export function plain(text: string): string {
  return text.replace(/\r\n/g, "\n").trim();
}
