// Lets this phone open the sheets, posts, discussions and the attendance page that it keeps when there is no signal. It never answers in place of a server that does.
const NAME = "pages-{{ version }}";
const ATTENDANCE = "{{ attendance }}";
const SHEETS = "{{ sheets }}";
const POSTS = "{{ posts }}";
const THOUGHTS = "{{ thoughts }}";
const FILES = {{ files }};
const STATIC = "{{ static }}";
const PATIENCE_MS = 4000;

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(dropOld()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event, pathname));
  else if (pathname.startsWith(STATIC)) event.respondWith(file(request));
  else if (pathname.startsWith("/files/")) event.respondWith(fetch(request).catch(() => fileOfPost(pathname)));
});

async function keep() {
  const kept = await caches.open(NAME);
  await kept.addAll([ATTENDANCE, SHEETS, POSTS, THOUGHTS, ...FILES]);
  await skipWaiting();
}

// The pages of sheets and posts have caches of their own, with the files of their version: those stay.
async function dropOld() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("pages-") && name !== NAME).map((name) => caches.delete(name)));
  await registration.navigationPreload?.enable();
  await clients.claim();
}

async function page(event, pathname) {
  const sheet = /^\/sessions\/(\d+)\/observe\/$/.exec(pathname);
  const isUrgent = sheet || pathname.startsWith("/here/");
  try {
    const asked = event.preloadResponse.then((answer) => answer ?? fetch(event.request));
    const answer = await (isUrgent ? Promise.race([asked, tooLong()]) : asked);
    if (answer.status < 500 || !sheet) return answer;
    return (await sheetPage(sheet[1], pathname)) ?? answer;
  } catch {
    const kept = await (sheet ? sheetPage(sheet[1], pathname) : keptOf("post", pathname.replace(/^(\/posts\/\d+\/)$/, "$1kept/")));
    return kept || ((await caches.match(insteadOf(pathname))) ?? Response.error());
  }
}

// Pages that know nobody: their script fills them with what the phone keeps for its person.
function insteadOf(pathname) {
  if (pathname.startsWith("/here/")) return ATTENDANCE;
  if (pathname === POSTS) return POSTS;
  return pathname === THOUGHTS || /^\/threads\/\d+\/$/.test(pathname) ? THOUGHTS : SHEETS;
}

function sheetPage(session, pathname) {
  return keptOf("sheet", pathname, `${session}-`);
}

async function fileOfPost(pathname) {
  return (await keptOf("post", pathname)) ?? Response.error();
}

// A sheet or a copy of a post is its person's: the last who was signed in here.
async function keptOf(kind, pathname, which = "") {
  const who = await (await caches.match("/who"))?.text();
  const names = (await caches.keys()).filter((name) => who && name.startsWith(`${kind}-${who}-${which}`));
  for (const name of names) {
    const kept = await (await caches.open(name)).match(pathname);
    if (kept) return kept;
  }
  return undefined;
}

// The names of files change with what is in them, so a kept one is the right one.
async function file(request) {
  return (await caches.match(request)) ?? fetch(request);
}

function tooLong() {
  return new Promise((_, reject) => setTimeout(reject, PATIENCE_MS));
}
