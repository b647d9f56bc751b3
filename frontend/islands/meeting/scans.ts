/**
 * The codes of attendance that this phone keeps until they are sent, each under its person.
 *
 * A person's scans are hers alone: another account on the same phone neither sees nor sends them.
 */
export interface Scan {
  submission: string;
  session: number;
  title: string;
  code?: string;
  token?: string;
  /** By this phone's clock, which may be wrong: the server reckons with how long ago it was. */
  scannedAt: number;
  state: "kept" | "sent" | "failed";
  sentAt?: number;
  reason?: string;
}

const PREFIX = "scan:";
const SHOWN_FOR_MS = 24 * 3600 * 1000;
const TOKEN = /\/here\/((\d+)\.\d+\.[\w-]{16})\/?$/;

/** What a QR code's address carries, and the session it is of. */
export function tokenIn(address: string): { token: string; session: number } | undefined {
  const [, token, session] = TOKEN.exec(address) ?? [];
  return token && session ? { token, session: Number(session) } : undefined;
}

/** Says whether the phone took it. */
export function put(person: string, scan: Scan): boolean {
  try {
    localStorage.setItem(`${PREFIX}${person}:${scan.submission}`, JSON.stringify(scan));
    return true;
  } catch {
    return false;
  }
}

export function drop(person: string, submission: string): void {
  localStorage.removeItem(`${PREFIX}${person}:${submission}`);
}

/** A person's scans, the latest first; what was settled a day ago is forgotten. */
export function scansOf(person: string): Scan[] {
  if (!person) return [];
  const prefix = `${PREFIX}${person}:`;
  const found: Scan[] = [];
  try {
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(prefix)) continue;
      const scan = JSON.parse(localStorage.getItem(name) ?? "null") as Scan | null;
      if (!scan || (scan.state !== "kept" && Date.now() - scan.scannedAt > SHOWN_FOR_MS)) localStorage.removeItem(name);
      else found.push(scan);
    }
  } catch {
    return found;
  }
  return found.sort((one, other) => other.scannedAt - one.scannedAt);
}
