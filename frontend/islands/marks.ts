/** Django's mark against forged requests, read from its cookie at that moment: signing in again changes it. */
export function csrfMark(): string {
  return /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
}

/** A UUID that nobody else makes; older browsers, and pages without TLS, have no randomUUID. */
export function newUid(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** An hour of today's clock in the page's language, e.g. 10.42 WITA. */
export function timeOf(at: number | string): string {
  const language = document.documentElement.lang || "id";
  return new Date(at).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", timeZoneName: "short" });
}
