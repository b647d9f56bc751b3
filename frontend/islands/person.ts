/**
 * Remembers whose things this phone may show without signal: whoever was signed in here last, until she signs out or another signs in.
 *
 * What was kept of the discussions of another goes; her words that were not sent yet stay, unseen, until she signs in again.
 * A sign-in that merely ended does not hide a sheet from its observer in a school without signal. The service worker reads the same from its
 * cache, because it sees neither cookies nor localStorage.
 */
const KEY = "person";
const CACHE = "who";
const ENTRY = "/who";

export function rememberedPerson(): string {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

export async function remember(who: string): Promise<void> {
  try {
    localStorage.setItem(KEY, who);
    for (const name of Object.keys(localStorage)) if (name.startsWith("thread:") && !name.startsWith(`thread:${who}:`)) localStorage.removeItem(name);
    if (!("caches" in window)) return;
    const kept = await caches.open(CACHE);
    await kept.put(ENTRY, new Response(who));
  } catch {
    // A phone that keeps nothing has nothing to show to the wrong one either.
  }
}

export function watchPerson(): void {
  const who = document.body.dataset["person"];
  if (who && who !== rememberedPerson()) void remember(who);
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (new URL(form.action, location.href).pathname.endsWith("/logout/")) void remember("");
  });
}
