/**
 * Keeps this sheet's page with its files for when there is no signal: one cache for each person and session.
 *
 * A cache is whole before an older one goes, so a page always has the files of its own version. What the page is made of gives the cache its
 * name; a page that has not changed is not fetched again.
 */
import { remember } from "../person";

const WORKER = "/sw.js";

export function cacheOf(person: string, session: number): string {
  return `sheet-${person}-${session}-`;
}

/** Throws where the page could not be kept, e.g. without signal or room. */
export async function keepPage(person: string, session: number, made: string): Promise<void> {
  await navigator.serviceWorker.register(WORKER);
  await remember(person);
  void navigator.storage?.persist?.();
  const files = filesOfPage();
  const name = cacheOf(person, session) + mark([made, ...files].join(" "));
  const names = await caches.keys();
  if (names.includes(name) && (await isWhole(name, files))) return;
  const kept = await caches.open(name);
  const page = await fetch(location.pathname, { cache: "no-store" });
  if (!page.ok || page.redirected) throw new Error("no page");
  await Promise.all([...files.map((file) => kept.add(file)), kept.put(location.pathname, page)]);
  await Promise.all(names.filter((old) => old.startsWith(cacheOf(person, session)) && old !== name).map((old) => caches.delete(old)));
}

export async function isPageKept(person: string, session: number): Promise<boolean> {
  const kept = await caches.match(location.pathname);
  return kept !== undefined && (await caches.keys()).some((name) => name.startsWith(cacheOf(person, session)));
}

export async function dropPage(person: string, session: number): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(cacheOf(person, session))).map((name) => caches.delete(name)));
}

async function isWhole(name: string, files: string[]): Promise<boolean> {
  const kept = await caches.open(name);
  const found = await Promise.all([location.pathname, ...files].map((file) => kept.match(file)));
  return found.every((answer) => answer);
}

/** Style, scripts, icons: whatever of our own this page names in its head and its drawings. */
function filesOfPage(): string[] {
  const named = [
    ...[...document.querySelectorAll<HTMLLinkElement>("link[href]")].map((link) => link.getAttribute("href")!),
    ...[...document.querySelectorAll<HTMLScriptElement>("script[src]")].map((script) => script.getAttribute("src")!),
    ...[...document.querySelectorAll("use[href]")].map((use) => use.getAttribute("href")!.split("#")[0]!),
  ];
  return [...new Set(named.filter((file) => file.startsWith("/")))].sort();
}

/** FNV-1a: enough to see whether two pages are made of the same. */
function mark(text: string): string {
  let hash = 0x811c9dc5;
  for (let n = 0; n < text.length; n += 1) hash = Math.imul(hash ^ text.charCodeAt(n), 0x01000193);
  return (hash >>> 0).toString(36);
}
