/**
 * One observation sheet as this phone keeps it, and what is to be done with it next. Nothing here touches the page or the network.
 *
 * A sheet counts its changes in `edit`; `sentEdit` is the last of them that the server said it has. Each sending has a number of the phone's
 * own, `sequence`. A sending without an answer is sent again under the same number: if it had arrived, it changes nothing.
 */
export interface Answer {
  item: number;
  point: number | null;
  yes: boolean | null;
  number: number | null;
  text: string;
  is_na: boolean;
  evidence: string;
}

export interface Note {
  uid: string;
  minute: number;
  about: string;
  seat: string;
  item: number | null;
  text: string;
}

export interface Photo {
  uid: string;
  minute: number;
  note: string | null;
  item: number | null;
  size: number;
  sha256: string;
  has_consent: boolean;
}

export interface Content {
  answers: Answer[];
  notes: Note[];
  photos: Photo[];
}

/** What the server says of a sheet. */
export interface Told {
  uid: string;
  observation: number;
  revision: number;
  sequence: number;
  device: string | null;
  saved_at: string;
  submitted_at: string | null;
  state: "draft" | "submitted";
  answers: Answer[];
  notes: Note[];
  photos: (Photo & { received: number; stored: boolean })[];
}

export type Act = "save" | "submit";

export type Trouble =
  | { kind: "refused"; reason: string; fields: Record<string, string[]>; edit: number; isLasting: boolean }
  | { kind: "signin" }
  | { kind: "other-account" }
  | { kind: "differs"; theirs: Told };

export interface Sheet {
  session: number;
  uid: string;
  title: string;
  who: string;
  address: string;
  instrument: number | null;
  /** By this phone's clock, in milliseconds, as all moments that end in At but the server's. */
  startedAt: number;
  changedAt: number;
  /** Minute 0 by the stopwatch of this phone, where the lesson clock is not followed. */
  countsFrom?: number;
  content: Content;
  edit: number;
  sequence: number;
  sending?: { sequence: number; edit: number };
  base: number;
  sentEdit: number;
  received: Record<string, number>;
  /** Photos whose file another phone has. */
  elsewhere: string[];
  isSubmitting: boolean;
  reason: string;
  observation?: number;
  savedAt?: string;
  submittedAt?: string;
  trouble?: Trouble;
}

export type Step = { do: "rest" } | { do: "put"; act: Act } | { do: "piece"; photo: Photo; from: number };

export const EMPTY: Content = { answers: [], notes: [], photos: [] };

export function newSheet(session: number, uid: string, about: Pick<Sheet, "title" | "who" | "address" | "instrument">, now: number): Sheet {
  return {
    session,
    uid,
    ...about,
    startedAt: now,
    changedAt: now,
    content: EMPTY,
    edit: 0,
    sequence: 0,
    base: 0,
    sentEdit: 0,
    received: {},
    elsewhere: [],
    isSubmitting: false,
    reason: "",
  };
}

/** The sheet after the person changed something in it. What stood against it may be mended by that. */
export function changed(sheet: Sheet, content: Partial<Content>, now: number): Sheet {
  const next = { ...sheet, content: { ...sheet.content, ...content }, edit: sheet.edit + 1, changedAt: now };
  return next.trouble?.kind === "refused" ? without(next, "trouble") : next;
}

export function hasUnsent(sheet: Sheet): boolean {
  return sheet.edit > sheet.sentEdit || sheet.isSubmitting || sheet.sending !== undefined || unsentPhoto(sheet) !== undefined;
}

/** How much of what is to go has gone, in bytes of photos and as a share. */
export function progress(sheet: Sheet): { done: number; all: number; photos: number; sent: number } {
  const { photos } = sheet.content;
  const done = photos.reduce((sum, photo) => sum + Math.min(photo.size, sheet.received[photo.uid] ?? 0), 0);
  return {
    done,
    all: photos.reduce((sum, photo) => sum + photo.size, 0),
    photos: photos.length,
    sent: photos.filter((photo) => (sheet.received[photo.uid] ?? 0) >= photo.size).length,
  };
}

/** The words first, then the photos in pieces, then the handing in; a correction goes whole, before its photos. */
export function next(sheet: Sheet): Step {
  const { trouble } = sheet;
  if (trouble?.kind === "differs" || (trouble?.kind === "refused" && trouble.isLasting)) return { do: "rest" };
  const isSubmitted = sheet.submittedAt !== undefined;
  const photo = unsentPhoto(sheet);
  if (sheet.sending) {
    const isWhole = isSubmitted || (sheet.edit === sheet.sending.edit && !photo);
    return { do: "put", act: sheet.isSubmitting && isWhole ? "submit" : "save" };
  }
  if (isSubmitted && sheet.isSubmitting) return { do: "put", act: "submit" };
  if (!isSubmitted && sheet.edit > sheet.sentEdit) return { do: "put", act: "save" };
  if (photo && isToldOf(sheet, photo)) return { do: "piece", photo, from: sheet.received[photo.uid] ?? 0 };
  if (sheet.isSubmitting) return { do: "put", act: "submit" };
  return { do: "rest" };
}

/** Give the sending that is about to go its number; one that waits for its answer keeps its own. */
export function begun(sheet: Sheet): Sheet {
  if (sheet.sending) return sheet;
  const sequence = sheet.sequence + 1;
  return { ...sheet, sequence, sending: { sequence, edit: sheet.edit } };
}

/** The server answered a PUT, and holds what it tells. */
export function told(sheet: Sheet, answer: Told, sent: { sequence: number; edit: number; act: Act }, device: string): Sheet {
  const hasArrived = answer.device === device && answer.sequence >= sent.sequence;
  const isSettled = sheet.sending === undefined || sheet.sending.sequence <= sent.sequence;
  let next: Sheet = without(sheet, "trouble");
  if (isSettled) next = without(next, "sending");
  next = { ...next, ...factsOf(answer), sentEdit: hasArrived ? Math.max(next.sentEdit, sent.edit) : next.sentEdit };
  next.received = receivedIn(answer, sheet.received);
  if (hasArrived && isSettled && answer.state === "submitted" && (sent.act === "submit" || sheet.submittedAt === undefined)) {
    next.isSubmitting = next.edit > next.sentEdit && next.isSubmitting;
    if (!next.isSubmitting) next.reason = "";
  }
  return next;
}

export function pieceTaken(sheet: Sheet, photo: string, offset: number): Sheet {
  return without({ ...sheet, received: { ...sheet.received, [photo]: offset } }, "trouble");
}

/** The file of this photo is not here, so it is not for this phone to send. */
export function photoElsewhere(sheet: Sheet, photo: string): Sheet {
  return { ...sheet, elsewhere: [...sheet.elsewhere, photo] };
}

/** The person pressed “Coba lagi”, or signed in. */
export function triedAgain(sheet: Sheet): Sheet {
  return sheet.trouble?.kind === "differs" ? sheet : without(sheet, "trouble");
}

/** The server refused. A sheet of content that it cannot keep waits for a change; one that it may take later is tried again. */
export function refused(sheet: Sheet, reason: string, fields: Record<string, string[]>, isLasting: boolean): Sheet {
  const next = without(sheet, "sending");
  return { ...next, trouble: { kind: "refused", reason, fields, edit: sheet.edit, isLasting } };
}

export function differs(sheet: Sheet, theirs: Told): Sheet {
  return { ...without(sheet, "sending"), trouble: { kind: "differs", theirs } };
}

/** Both versions were seen, and that of this phone is right. */
export function keptMine(sheet: Sheet, theirs: Told): Sheet {
  const next = { ...without(sheet, "trouble"), ...factsOf(theirs), edit: sheet.edit + 1 };
  next.received = receivedIn(theirs, {});
  if (theirs.state === "submitted") next.isSubmitting = true;
  return next;
}

/** Take over what the server holds: it was chosen, or nothing on this phone waits to be sent. */
export function tookTheirs(sheet: Sheet, theirs: Told): Sheet {
  const edit = sheet.edit + 1;
  return {
    ...without(without(sheet, "trouble"), "sending"),
    ...factsOf(theirs),
    content: contentOf(theirs),
    edit,
    sentEdit: edit,
    isSubmitting: false,
    reason: "",
    received: receivedIn(theirs, {}),
  };
}

function factsOf(answer: Told): Pick<Sheet, "uid" | "base" | "observation" | "savedAt" | "submittedAt"> {
  return {
    uid: answer.uid,
    base: answer.revision,
    observation: answer.observation,
    savedAt: answer.saved_at,
    ...(answer.submitted_at ? { submittedAt: answer.submitted_at } : {}),
  };
}

function contentOf(answer: Told): Content {
  return {
    answers: answer.answers,
    notes: answer.notes,
    photos: answer.photos.map(({ received: _received, stored: _stored, ...photo }) => photo),
  };
}

/** A photo that is whole there counts as sent even where its last bytes were counted differently. */
function receivedIn(answer: Told, before: Record<string, number>): Record<string, number> {
  const found: Record<string, number> = {};
  for (const photo of answer.photos) found[photo.uid] = photo.stored ? Math.max(photo.size, before[photo.uid] ?? 0) : photo.received;
  return found;
}

function unsentPhoto(sheet: Sheet): Photo | undefined {
  return sheet.content.photos.find((photo) => (sheet.received[photo.uid] ?? 0) < photo.size && !sheet.elsewhere.includes(photo.uid));
}

/** The server takes pieces of photos only that a sheet named before. */
function isToldOf(sheet: Sheet, photo: Photo): boolean {
  return sheet.received[photo.uid] !== undefined;
}

function without<Key extends "trouble" | "sending">(sheet: Sheet, key: Key): Sheet {
  const { [key]: _gone, ...rest } = sheet;
  return rest as Sheet;
}
