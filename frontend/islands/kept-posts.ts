/**
 * The posts that this phone keeps for a person: one cache for each, with the copy of the post and whatever it is made of.
 *
 * Signing out hides them and another account has its own, see person.ts. At most 50 posts or 100 MB; nothing goes by itself to make room.
 */
import { remember, rememberedPerson } from "./person";

export interface Kept {
  post: number;
  title: string;
  bytes: number;
  at: number;
}

const MOST = 50;
const MOST_BYTES = 100_000_000;
const ABOUT = "/about";
const ASKED = "kept-posts-asked";
const ASK_AGAIN_MS = 10 * 60 * 1000;

export function canKeep(): boolean {
  return isSecureContext && "serviceWorker" in navigator && "caches" in window;
}

export function person(): string {
  return document.body.dataset["person"] || rememberedPerson();
}

/** Those of this person, the oldest first. A copy that did not come whole is none. */
export async function keptPosts(who: string): Promise<Kept[]> {
  if (!who) return [];
  const names = (await caches.keys()).filter((name) => name.startsWith(`post-${who}-`));
  const abouts = await Promise.all(names.map(async (name) => (await caches.open(name)).match(ABOUT)));
  const kept = await Promise.all(abouts.filter((about) => about !== undefined).map((about) => about.json() as Promise<Kept>));
  return kept.sort((one, other) => one.at - other.at);
}

export function hasRoom(kept: Kept[], bytes: number): boolean {
  return kept.length < MOST && kept.reduce((sum, one) => sum + one.bytes, 0) + bytes <= MOST_BYTES;
}

/** Throws where the copy could not be kept whole, and then leaves nothing of it. */
export async function keepPost(who: string, about: Kept, progress: (done: number, all: number) => void): Promise<void> {
  await navigator.serviceWorker.register("/sw.js");
  await remember(who);
  void navigator.storage?.persist?.();
  await dropPost(who, about.post);
  const kept = await caches.open(`post-${who}-${about.post}`);
  try {
    const address = `/posts/${about.post}/kept/`;
    const page = await asked(address);
    const files = filesOf(await page.clone().text());
    await kept.put(address, page);
    for (const [done, file] of files.entries()) {
      progress(done, files.length);
      await kept.put(file, await asked(file));
    }
    await kept.put(ABOUT, new Response(JSON.stringify(about)));
  } catch (error) {
    await dropPost(who, about.post);
    throw error;
  }
}

export async function dropPost(who: string, post: number): Promise<void> {
  await caches.delete(`post-${who}-${post}`);
}

/** Drops the copies of what this person may not read any more, or of everything where the sign-in ended. Tells whether any went. */
export async function dropUnreadable(who: string): Promise<boolean> {
  const kept = await keptPosts(who);
  if (!kept.length) return false;
  const query = kept.map(({ post }) => `pk=${post}`).join("&");
  const answer = await fetch(`/posts/kept/readable/?${query}`, { redirect: "manual", cache: "no-store" }).catch(() => undefined);
  if (!answer) return false;
  const isShut = answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 404;
  if (!isShut && !answer.ok) return false;
  const told = isShut ? { person: who, readable: [] } : ((await answer.json()) as { person: string; readable: number[] });
  if (told.person !== who) return false;
  const gone = kept.filter(({ post }) => !told.readable.includes(post));
  await Promise.all(gone.map(({ post }) => dropPost(who, post)));
  return gone.length > 0;
}

/** Asks on any page now and then, and on the pages of posts each time. */
export function watchKeptPosts(): void {
  if (!canKeep() || !person() || !navigator.onLine) return;
  const isOfPosts = location.pathname.startsWith("/posts/");
  if (!isOfPosts && Date.now() - Number(localStorage.getItem(ASKED)) < ASK_AGAIN_MS) return;
  localStorage.setItem(ASKED, String(Date.now()));
  void dropUnreadable(person()).then((anyWent) => anyWent && document.dispatchEvent(new Event("mg:kept-posts")), () => undefined);
}

async function asked(address: string): Promise<Response> {
  const answer = await fetch(address, { cache: "no-store" });
  if (!answer.ok || answer.redirected) throw new Error(`no ${address}`);
  return answer;
}

/** What the copy is made of, all of this platform: style and drawings, and the files of the post with their small pictures. */
function filesOf(page: string): string[] {
  const made = new DOMParser().parseFromString(page, "text/html");
  const named = [
    ...[...made.querySelectorAll('link[href], use[href], [data-files] a[href^="/files/"]')].map((one) => one.getAttribute("href")!),
    ...[...made.querySelectorAll("[data-files] img[src]")].map((one) => one.getAttribute("src")!),
  ];
  const addresses = named.map((address) => new URL(address, location.origin));
  return [...new Set(addresses.filter(({ origin }) => origin === location.origin).map(({ pathname }) => pathname))];
}
