// Keeps one page and its files on the phone, so that a code scanned without signal is not lost.
// It serves what is under /here/ only, and only when the network does not answer in time.
const NAME = "here-{{ version }}";
const PAGE = "{{ page }}";
const FILES = {{ files }};
const PATIENCE_MS = 4000;

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(dropOld()));
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(answer(request, PAGE));
  else if (FILES.includes(new URL(request.url).pathname)) event.respondWith(answer(request, request));
});

async function keep() {
  const kept = await caches.open(NAME);
  await kept.addAll([PAGE, ...FILES]);
  await skipWaiting();
}

async function dropOld() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("here-") && name !== NAME).map((name) => caches.delete(name)));
  await clients.claim();
}

async function answer(request, instead) {
  try {
    return await Promise.race([fetch(request), tooLong()]);
  } catch {
    return (await caches.match(instead)) ?? Response.error();
  }
}

function tooLong() {
  return new Promise((_, reject) => setTimeout(reject, PATIENCE_MS));
}
