/**
 * Sends what this phone keeps, sheet by sheet and step by step, until nothing is left or the signal is gone.
 *
 * After each answer the sheet is written down, so that it goes on from there after any cut. One tab sends at a time.
 */
import { csrfMark } from "../marks";
import {
  type Act,
  type Photo,
  type Sheet,
  type Step,
  type Told,
  begun,
  differs,
  hasUnsent,
  next,
  photoElsewhere,
  pieceTaken,
  refused,
  told,
} from "./record";
import type { Store } from "./store";

const SMALLEST_PIECE = 64 * 1024;
const LARGEST_PIECE = 256 * 1024;
const QUICK_MS = 2000;
const PATIENCE_MS = 90_000;
const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 5 * 60_000;
const SAVE_AFTER_MS = 4000;

/** How one step ended: it went, it is for the person to mend, or the server was not reached. */
type End = "went" | "stuck" | "unreached";

export class Sender {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private wait = FIRST_WAIT_MS;
  private piece = SMALLEST_PIECE;
  private isRunning = false;
  private isAskedAgain = false;
  private isStopped = false;
  /** The session whose sheet is on its way now. */
  now: number | undefined;

  constructor(
    private readonly store: Store,
    private readonly ask: typeof fetch = (...request) => fetch(...request),
  ) {}

  start(): void {
    addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => this.hurry());
    this.hurry();
  }

  /** Send nothing more by itself. */
  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  /** Send at once: there is a signal, somebody looks, or somebody pressed. */
  hurry(): void {
    this.wait = FIRST_WAIT_MS;
    void this.run();
  }

  /** Send when the person stopped typing for a moment. */
  soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.run(), SAVE_AFTER_MS);
  }

  async run(): Promise<void> {
    if (this.isRunning) {
      this.isAskedAgain = true;
      return;
    }
    this.isRunning = true;
    clearTimeout(this.timer);
    try {
      do {
        this.isAskedAgain = false;
        await this.alone(() => this.sendAll());
      } while (this.isAskedAgain);
    } finally {
      this.isRunning = false;
    }
  }

  private async alone(work: () => Promise<void>): Promise<void> {
    if (!navigator.locks) return work();
    await navigator.locks.request(`mgmp-sending-${this.store.person}`, { ifAvailable: true }, async (lock) => {
      if (lock) await work();
      else this.later();
    });
  }

  private async sendAll(): Promise<void> {
    let isToCome = false;
    for (const sheet of await this.store.sheets()) {
      if (!hasUnsent(sheet)) continue;
      const end = await this.send(sheet.session);
      isToCome ||= end !== "went";
      if (end === "unreached") break;
    }
    if (isToCome) this.later();
    else this.wait = FIRST_WAIT_MS;
  }

  private later(): void {
    clearTimeout(this.timer);
    if (!this.isStopped) this.timer = setTimeout(() => void this.run(), this.wait);
    this.wait = Math.min(LONGEST_WAIT_MS, this.wait * 2);
  }

  private async send(session: number): Promise<End> {
    let end: End = "went";
    this.say(session);
    try {
      for (let steps = 0; end === "went" && steps < 2000; steps += 1) {
        const sheet = await this.store.sheet(session);
        const step: Step = sheet ? next(sheet) : { do: "rest" };
        if (!sheet || step.do === "rest") break;
        end = step.do === "put" ? await this.put(session, step.act) : await this.sendPiece(sheet, step.photo, step.from);
      }
    } catch {
      // The network, or a phone without room: it stays as it is and goes later.
      end = "unreached";
    } finally {
      this.say(undefined);
    }
    return end;
  }

  private say(session: number | undefined): void {
    this.now = session;
    document.dispatchEvent(new CustomEvent("mg:sending", { detail: { isSending: session !== undefined } }));
  }

  private async put(session: number, act: Act): Promise<End> {
    const sheet = await this.store.change(session, (kept) => kept && begun(kept));
    if (!sheet?.sending) return "stuck";
    const sent = { ...sheet.sending, act };
    const answer = await this.request("PUT", `/api/v1/sheets/${sheet.uid}/`, {
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(bodyOf(sheet, sent.sequence, act, this.store)),
    });
    if (answer.ok) {
      const holds = (await answer.json()) as Told;
      await this.store.change(session, (kept) => kept && told(kept, holds, sent, this.store.device));
      return "went";
    }
    if (answer.status === 409) {
      const words = (await answer.json()) as { theirs?: Told };
      const { theirs } = words;
      await this.store.change(session, (kept) => kept && (theirs ? differs(kept, theirs) : { ...kept, trouble: { kind: "other-account" } }));
      return "stuck";
    }
    return this.takeRefusal(session, answer);
  }

  private async sendPiece(sheet: Sheet, photo: Photo, from: number): Promise<End> {
    const kept = await this.store.photo(photo.uid);
    if (!kept) {
      await this.store.change(sheet.session, (now) => now && photoElsewhere(now, photo.uid));
      return "went";
    }
    const piece = kept.bytes.slice(from, from + this.piece);
    const began = Date.now();
    const answer = await this.request("PATCH", `/api/v1/photos/${photo.uid}/`, {
      headers: { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(from) },
      body: piece,
    });
    const offset = Number(answer.headers.get("Upload-Offset") ?? NaN);
    if (answer.status === 204 || (answer.status === 409 && Number.isFinite(offset))) {
      this.piece = Date.now() - began < QUICK_MS ? Math.min(LARGEST_PIECE, this.piece * 2) : Math.max(SMALLEST_PIECE, this.piece / 2);
      await this.store.change(sheet.session, (now) => now && pieceTaken(now, photo.uid, offset));
      return "went";
    }
    // The photo arrived damaged: the server begins it again and says so at the next piece.
    if (answer.status === 460) return "unreached";
    if (answer.status === 404) {
      // The server does not know this photo any more: the sheet names it anew.
      await this.store.change(sheet.session, (now) => now && { ...now, edit: now.edit + 1 });
      return "unreached";
    }
    return this.takeRefusal(sheet.session, answer);
  }

  private async takeRefusal(session: number, answer: Response): Promise<End> {
    if (answer.status >= 500 || answer.status === 429 || answer.status === 408) return "unreached";
    if (answer.status === 401) {
      await this.store.change(session, (kept) => kept && { ...kept, trouble: { kind: "signin" } });
      return "stuck";
    }
    const { reason, fields } = await reasonsIn(answer);
    const isLasting = answer.status !== 403;
    await this.store.change(session, (kept) => kept && refused(kept, reason, fields, isLasting));
    return "stuck";
  }

  private request(method: string, address: string, what: { headers: Record<string, string>; body: BodyInit }): Promise<Response> {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
    const headers = { Accept: "application/json", "X-CSRFToken": csrfMark(), ...what.headers };
    return this.ask(address, { method, headers, body: what.body, cache: "no-store", signal: patience.signal }).finally(() => clearTimeout(timer));
  }
}

function bodyOf(sheet: Sheet, sequence: number, act: Act, store: Store): Record<string, unknown> {
  return {
    session: sheet.session,
    instrument: sheet.instrument,
    device: store.device,
    person: Number(store.person),
    sequence,
    base: sheet.base,
    sent_at: new Date().toISOString(),
    started_at: new Date(sheet.countsFrom ?? sheet.startedAt).toISOString(),
    act,
    reason: act === "submit" ? sheet.reason : "",
    ...sheet.content,
  };
}

/** The sheet as the server holds it, if it can be reached and there is one. */
export async function sheetOnServer(session: number): Promise<Told | undefined> {
  try {
    const answer = await fetch(`/api/v1/sheets/?session=${session}`, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (!answer.ok) return undefined;
    const words = (await answer.json()) as { results?: Told[] } | Told[];
    return (Array.isArray(words) ? words : (words.results ?? []))[0];
  } catch {
    return undefined;
  }
}

/** What the server has against it: in all, and by field. */
async function reasonsIn(answer: Response): Promise<{ reason: string; fields: Record<string, string[]> }> {
  const words = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
  const fields: Record<string, string[]> = {};
  const { detail, ...rest } = words;
  for (const [name, value] of Object.entries(rest)) fields[name] = sentencesIn(value);
  const reason = typeof detail === "string" ? detail : [...new Set(Object.values(fields).flat())].join(" ");
  return { reason: reason || String(answer.status), fields };
}

function sentencesIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(sentencesIn) : [];
}
