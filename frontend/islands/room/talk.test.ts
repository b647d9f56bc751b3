import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import "./talk";
import { waitingIn } from "./outbox";

const ask = vi.fn();
const NEWS = { version: 8, html: "", last: 0, isMore: false, seen: { upTo: 0, words: "" }, mayTalk: true, card: { revision: 0, words: {}, edited: "", isShared: false } };

class Source extends EventTarget {
  static readonly made: Source[] = [];
  constructor(readonly url: string) {
    super();
    Source.made.push(this);
  }
  close(): void {}
}

function answer(status: number, body?: unknown): Response {
  return { status, ok: status < 300, type: "basic", headers: new Headers(), json: async () => body } as unknown as Response;
}

function bubble(pk: number, submission: string, isOwn = true): string {
  return `<li class="bubble${isOwn ? " bubble-me" : ""}" data-message="${pk}" data-submission="${submission}"><p>Pesan ${pk}</p></li>`;
}

function show(events = "", may = "open"): void {
  document.body.innerHTML = `<mg-talk key="5" thread="2" version="7" last="3" live="/pairs/live/t/" events="${events}" renew="/pairs/5/ticket/" news="/pairs/5/news/" read="/pairs/5/read/" ${may}>
    <p data-channel="lost" hidden></p><p data-channel="signedout" hidden></p>
    <div data-channel="closed" hidden><b data-why>Belum terkirim: sudah ditutup.</b></div><div data-channel="ended" hidden><b data-why>Belum terkirim: sudah berubah.</b></div>
    <template data-words-file>Berkas perlu sinyal.</template><template data-words-consent>Centang dulu.</template>
    <ol class="talk">${bubble(2, "s2")}${bubble(3, "s3", false)}<li data-empty hidden></li></ol>
    <form id="say" method="post" action="/pairs/5/messages/"><input type="hidden" name="submission" value="s0"><textarea name="text"></textarea>
      <input type="file" name="file"><input type="checkbox" name="consent">
      <p data-error hidden><span data-reason></span></p><button type="submit"></button></form>
    <template data-line><li class="bubble bubble-me"><p data-text></p><i data-file hidden><span></span></i><span data-state="kept">Tersimpan di HP</span><span data-state="sending" hidden></span>
      <span data-state="signedout" hidden></span><span data-state="failed" hidden><span data-reason></span><textarea readonly></textarea><button type="button" data-drop></button></span></li></template>
    <template data-seen-line><span data-seen></span></template></mg-talk>`;
}

async function open(events = "", may = "open"): Promise<void> {
  show(events, may);
  await vi.advanceTimersByTimeAsync(0);
}

function write(text: string): void {
  document.querySelector<HTMLTextAreaElement>("[name=text]")!.value = text;
  document.querySelector<HTMLFormElement>("#say")!.requestSubmit();
}

const asked = (path: string) => ask.mock.calls.filter(([url]) => String(url).includes(path));
const said = () => asked("/messages/").map(([, options]) => (options as { body: FormData }).body.get("text"));
const states = () => [...document.querySelectorAll<HTMLElement>("[data-channel]")].filter((line) => !line.hidden).map((line) => line.dataset["channel"]);
const lines = () => [...document.querySelectorAll(".talk .bubble p")].map((line) => line.textContent);

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  Source.made.length = 0;
  document.body.dataset["person"] = "7";
  ask.mockReset().mockImplementation(async (url: string) => answer(url.includes("/live/") ? 204 : 200, NEWS));
  vi.stubGlobal("fetch", ask);
  vi.stubGlobal("EventSource", Source);
});
afterEach(() => {
  document.body.innerHTML = "";
  vi.useRealTimers();
});

test("without a channel it asks often while the talk is active, then seldom, and without a cookie", async () => {
  await open();
  await vi.advanceTimersByTimeAsync(9100);
  expect(asked("/live/").length).toBe(6);
  expect(asked("/live/")[0]![1]).toMatchObject({ credentials: "omit" });

  await vi.advanceTimersByTimeAsync(120_000);
  const before = asked("/live/").length;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(asked("/live/").length - before).toBeLessThanOrEqual(4);
});

test("with the channel open it looks only every twenty seconds, and fetches what the channel tells of", async () => {
  await open("/events/pairs/t");
  Source.made[0]!.dispatchEvent(new Event("open"));
  await vi.advanceTimersByTimeAsync(19_000);
  expect(asked("/live/").length).toBe(0);

  ask.mockImplementation(async () => answer(200, { ...NEWS, html: bubble(4, "s4", false), last: 4 }));
  Source.made[0]!.dispatchEvent(new MessageEvent("changed", { data: "8" }));
  await vi.advanceTimersByTimeAsync(0);

  expect(asked("/news/?since=3").length).toBe(1);
  expect(lines()).toEqual(["Pesan 2", "Pesan 3", "Pesan 4"]);
});

test("a channel that breaks is made up for by asking", async () => {
  await open("/events/pairs/t");
  Source.made[0]!.dispatchEvent(new Event("open"));
  Source.made[0]!.dispatchEvent(new Event("error"));

  await vi.advanceTimersByTimeAsync(1600);

  expect(asked("/live/").length).toBe(1);
});

test("what is written without signal waits, survives a reload, and arrives once and in order", async () => {
  ask.mockRejectedValue(new TypeError("offline"));
  await open();
  write("Satu.");
  write("Dua.");
  await vi.advanceTimersByTimeAsync(0);
  expect(waitingIn("5").map((one) => one.text)).toEqual(["Satu.", "Dua."]);
  const marks = waitingIn("5").map((one) => one.submission);

  await open();
  expect(lines()).toEqual(["Pesan 2", "Pesan 3", "Satu.", "Dua."]);

  const shown: string[] = [];
  ask.mockReset().mockImplementation(async (url: string, options?: { body: FormData }) => {
    if (url.includes("/messages/")) shown.push(bubble(4 + shown.length, String(options!.body.get("submission"))));
    return answer(url.includes("/live/") ? 204 : 200, { ...NEWS, html: shown.join(""), last: 3 + shown.length });
  });
  dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(0);

  expect(said()).toEqual(["Satu.", "Dua."]);
  expect(asked("/messages/").map(([, options]) => (options as { body: FormData }).body.get("submission"))).toEqual(marks);
  expect(waitingIn("5")).toEqual([]);
  expect(lines()).toEqual(["Pesan 2", "Pesan 3", "Pesan 4", "Pesan 5"]);
});

test("another person on the same phone neither sees nor sends what waits", async () => {
  ask.mockRejectedValue(new TypeError("offline"));
  await open();
  write("Rahasia.");
  document.body.dataset["person"] = "8";
  ask.mockReset().mockResolvedValue(answer(204));

  await open();

  expect(lines()).toEqual(["Pesan 2", "Pesan 3"]);
  expect(said()).toEqual([]);
});

test("what the server refuses is said with its reason and can be dropped", async () => {
  ask.mockImplementation(async (url: string) => (url.includes("/messages/") ? answer(403, { reason: "Diskusi ini sudah selesai." }) : answer(200, NEWS)));
  await open();
  write("Terlambat.");
  await vi.advanceTimersByTimeAsync(0);

  expect(document.querySelector("[data-waiting] [data-reason]")!.textContent).toBe("Diskusi ini sudah selesai.");
  document.querySelector<HTMLElement>("[data-waiting] [data-drop]")!.click();
  expect(waitingIn("5")).toEqual([]);
});

test("the newest own message that all have read says so", async () => {
  await open("/events/pairs/t");
  ask.mockImplementation(async () => answer(200, { ...NEWS, seen: { upTo: 2, words: "Dibaca 10.44 WITA" } }));

  Source.made[0]!.dispatchEvent(new MessageEvent("changed", { data: "8" }));
  await vi.advanceTimersByTimeAsync(0);

  expect(document.querySelector('[data-message="2"] [data-seen]')!.textContent).toBe("Dibaca 10.44 WITA");
});

test("a connection that is lost says so, and that it came back", async () => {
  await open();
  ask.mockRejectedValue(new TypeError("offline"));
  await vi.advanceTimersByTimeAsync(2000);
  expect(states()).toEqual(["lost"]);

  ask.mockReset().mockResolvedValue(answer(204));
  await vi.advanceTimersByTimeAsync(5000);
  expect(states()).toEqual([]);
});

test("in a discussion that ended meanwhile what waits is shown to be copied, and nothing is sent any more", async () => {
  ask.mockRejectedValue(new TypeError("offline"));
  await open();
  write("Terlambat.");
  await vi.advanceTimersByTimeAsync(0);
  ask.mockReset().mockImplementation(async (url: string) => answer(url.includes("/messages/") ? 502 : 200, { ...NEWS, mayTalk: false }));
  await vi.advanceTimersByTimeAsync(20_000);

  expect(states()).toEqual(["closed"]);
  expect(document.querySelector("[data-waiting] [data-reason]")!.textContent).toBe("Belum terkirim: sudah ditutup.");
  expect(document.querySelector<HTMLTextAreaElement>("[data-waiting] textarea")!.value).toBe("Terlambat.");
  const before = said().length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(said().length).toBe(before);

  await open("", "");
  expect(document.querySelector("[data-waiting] [data-reason]")!.textContent).toBe("Belum terkirim: sudah ditutup.");
});

test("who does not sit in the pair any more keeps the words", async () => {
  await open();
  ask.mockImplementation(async () => answer(404));
  write("Ke pasangan lama.");
  await vi.advanceTimersByTimeAsync(0);

  expect(states()).toEqual(["ended"]);
  expect(document.querySelector("[data-waiting] [data-reason]")!.textContent).toBe("Belum terkirim: sudah berubah.");
  expect(waitingIn("5").map((one) => [one.text, one.thread])).toEqual([["Ke pasangan lama.", 2]]);
});

function choose(name: string, type: string): File {
  const file = new File(["isi"], name, { type });
  const form = document.querySelector<HTMLFormElement>("#say")!;
  Object.defineProperty(form.querySelector("[name=file]"), "files", { configurable: true, value: [file] });
  const Sent = FormData;
  vi.stubGlobal(
    "FormData",
    class extends Sent {
      constructor(of?: HTMLFormElement) {
        super(of);
        if (of) this.set("file", file);
      }
    },
  );
  return file;
}

test("a message with a file that could not be sent is kept with it, and goes once there is signal", async () => {
  // A database does not wait for a clock that stands still.
  vi.useRealTimers();
  show();
  ask.mockRejectedValue(new TypeError("offline"));
  choose("kartu.pdf", "application/pdf");
  write("Ini kartunya.");
  await vi.waitFor(() => expect(waitingIn("5").length).toBe(1));
  expect(waitingIn("5")[0]).toMatchObject({ submission: "s0", text: "Ini kartunya.", file: "kartu.pdf" });
  expect(document.querySelector("[data-waiting] [data-file] span")!.textContent).toBe("kartu.pdf");

  ask.mockReset().mockImplementation(async (url: string) => answer(url.includes("/live/") ? 204 : 200, { ...NEWS, html: bubble(4, "s0"), last: 4 }));
  dispatchEvent(new Event("online"));
  await vi.waitFor(() => expect(waitingIn("5")).toEqual([]));
  const [, options] = asked("/messages/")[0]!;
  const body = (options as { body: FormData }).body;
  expect([body.get("submission"), body.get("text"), (body.get("file") as File).name]).toEqual(["s0", "Ini kartunya.", "kartu.pdf"]);
  vi.unstubAllGlobals();
});

test("a picture without consent, or a device that keeps no file, says so and leaves the form as it is", async () => {
  // A database does not wait for a clock that stands still.
  vi.useRealTimers();
  show();
  ask.mockRejectedValue(new TypeError("offline"));
  const complaint = () => document.querySelector("[data-error] [data-reason]")!.textContent;
  choose("papan.jpg", "image/jpeg");
  write("Lihat papan ini.");
  await vi.waitFor(() => expect(complaint()).toBe("Centang dulu."));

  vi.stubGlobal("indexedDB", undefined);
  choose("kartu.pdf", "application/pdf");
  document.querySelector<HTMLFormElement>("#say")!.requestSubmit();
  await vi.waitFor(() => expect(complaint()).toBe("Berkas perlu sinyal."));
  expect(document.querySelector<HTMLTextAreaElement>("[name=text]")!.value).toBe("Lihat papan ini.");
  expect(waitingIn("5")).toEqual([]);
  vi.unstubAllGlobals();
});
