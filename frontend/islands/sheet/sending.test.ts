import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Content, type Sheet, type Told, changed, hasUnsent, keptMine, newSheet, tookTheirs } from "./record";
import { Sender } from "./sending";
import { newUid } from "../marks";
import { Store } from "./store";

const SESSION = 12;
const ABOUT = { title: "Gaya gesek", who: "Ibu Andi", address: "/sessions/12/observe/", instrument: 3 };

/** The contract of the API, as small as it can be: sheets ordered by sequence, photos by offset. */
class Server {
  sheet: Told | undefined;
  bytes = new Map<string, Uint8Array>();
  submissions = 0;
  isSignedIn = true;
  refusal: { status: number; words: unknown } | undefined;
  /** Called before and after each request; what it throws is a cut of the line there. */
  line: (moment: "there" | "back") => void = () => undefined;

  readonly ask = async (address: unknown, request: RequestInit = {}): Promise<Response> => {
    this.line("there");
    const [, kind, uid] = /\/(sheets|photos)\/([^/]+)\//.exec(String(address))!;
    const answer = !this.isSignedIn ? say(401, {}) : kind === "sheets" ? this.put(uid!, request) : this.patch(uid!, request);
    this.line("back");
    return answer;
  };

  private put(uid: string, request: RequestInit): Response {
    if (this.refusal) return say(this.refusal.status, this.refusal.words);
    const sent = JSON.parse(String(request.body)) as Content & { device: string; sequence: number; base: number; act: string };
    const held = this.sheet;
    const isSame = held?.device === sent.device;
    if (held && (held.uid !== uid || (!isSame && held.revision !== sent.base))) return say(409, { theirs: held });
    if (held && isSame && sent.sequence <= held.sequence) return say(200, held);
    if (held?.state === "submitted" && sent.act === "save") return say(403, { detail: "Lembar ini sudah dikirim." });
    const photos = sent.photos.map((photo) => {
      const received = this.bytes.get(photo.uid)?.length ?? 0;
      return { ...photo, received, stored: received === photo.size };
    });
    if (sent.act === "submit" && !held?.submitted_at && photos.some((photo) => !photo.stored)) return say(400, { photos: ["Masih ada foto."] });
    if (sent.act === "submit") this.submissions += 1;
    const submitted_at = held?.submitted_at ?? (sent.act === "submit" ? "2026-11-24T10:42:00+08:00" : null);
    this.sheet = {
      ...{ uid, observation: 1, revision: (held?.revision ?? 0) + 1, sequence: sent.sequence, device: sent.device },
      ...{ saved_at: "2026-11-24T10:42:00+08:00", submitted_at, state: submitted_at ? "submitted" : "draft" },
      ...{ answers: sent.answers, notes: sent.notes, photos },
    };
    return say(200, this.sheet);
  }

  private patch(uid: string, request: RequestInit): Response {
    const photo = this.sheet?.photos.find((each) => each.uid === uid);
    if (!photo) return say(404, {});
    const offset = Number((request.headers as Record<string, string>)["Upload-Offset"]);
    const held = this.bytes.get(uid) ?? new Uint8Array();
    if (offset !== held.length) return new Response(null, { status: 409, headers: { "Upload-Offset": String(held.length) } });
    const piece = new Uint8Array(request.body as ArrayBuffer);
    const whole = new Uint8Array([...held, ...piece]);
    this.bytes.set(uid, whole);
    photo.received = whole.length;
    photo.stored = whole.length === photo.size;
    return new Response(null, { status: 204, headers: { "Upload-Offset": String(whole.length) } });
  }
}

function say(status: number, words: unknown): Response {
  return new Response(JSON.stringify(words), { status, headers: { "Content-Type": "application/json" } });
}

let store: Store;
let server: Server;
let person = 0;

beforeEach(async () => {
  person += 1;
  store = await Store.open(String(person));
  server = new Server();
  await store.change(SESSION, () => newSheet(SESSION, newUid(), ABOUT, 0));
});
afterEach(() => store.close());

async function send(): Promise<void> {
  const sender = new Sender(store, server.ask as typeof fetch);
  await sender.run();
  sender.stop();
}

const kept = async () => (await store.sheet(SESSION))!;

async function note(text: string): Promise<Sheet> {
  return (await store.change(SESSION, (sheet) => {
    const notes = [...sheet!.content.notes, { uid: newUid(), minute: 3, about: "", seat: "", item: null, text }];
    return changed(sheet!, { notes }, 1);
  }))!;
}

async function photo(size: number): Promise<string> {
  const uid = newUid();
  const bytes = Uint8Array.from({ length: size }, (_, n) => n % 251).buffer;
  const row = { uid, minute: 4, note: null, item: null, size, sha256: "0".repeat(64), has_consent: true };
  await store.addPhoto({ uid, session: SESSION, bytes }, (sheet) => changed(sheet, { photos: [...sheet.content.photos, row] }, 1));
  return uid;
}

const submit = () => store.change(SESSION, (sheet) => ({ ...sheet!, isSubmitting: true }));
const texts = () => server.sheet!.notes.map((each) => each.text);

test("a sheet, its photos in pieces and the handing in go in this order, and it is sent only then", async () => {
  await note("Meja 5 bertanya");
  const big = await photo(300_000);
  await submit();

  await send();

  expect(texts()).toEqual(["Meja 5 bertanya"]);
  expect(server.bytes.get(big)!.length).toBe(300_000);
  expect([server.sheet!.state, server.submissions]).toEqual(["submitted", 1]);
  expect([hasUnsent(await kept()), (await kept()).submittedAt]).toEqual([false, "2026-11-24T10:42:00+08:00"]);
});

test("what is untouched is not sent", async () => {
  await send();

  expect(server.sheet).toBeUndefined();
});

test("an answer that is lost makes no second handing in", async () => {
  await note("Satu");
  await submit();
  server.line = (moment) => {
    if (moment === "back" && server.sheet?.state === "submitted") throw new TypeError("cut");
  };
  await send();
  expect((await kept()).submittedAt).toBeUndefined();

  server.line = () => undefined;
  await send();

  expect([server.submissions, server.sheet!.revision]).toEqual([1, 2]);
  expect(hasUnsent(await kept())).toBe(false);
});

test("words typed while an answer was lost are sent after it", async () => {
  await note("Satu");
  server.line = (moment) => {
    if (moment === "back") throw new TypeError("cut");
  };
  await send();
  await note("Dua");

  server.line = () => undefined;
  await send();

  expect(texts()).toEqual(["Satu", "Dua"]);
  expect(hasUnsent(await kept())).toBe(false);
});

test("wherever the line is cut, everything arrives once", async () => {
  for (let cut = 1; cut <= 24; cut += 1) {
    store.close();
    store = await Store.open(`cut-${cut}`);
    server = new Server();
    await store.change(SESSION, () => newSheet(SESSION, newUid(), ABOUT, 0));
    await note("Satu");
    const uids = [await photo(150_000), await photo(90_000)];
    await submit();
    let crossings = 0;
    server.line = () => {
      crossings += 1;
      if (crossings === cut || crossings === cut + 3) throw new TypeError("cut");
    };

    for (let tries = 0; tries < 4; tries += 1) await send();

    expect([cut, server.submissions, texts(), uids.map((uid) => server.bytes.get(uid)!.length)]).toEqual([cut, 1, ["Satu"], [150_000, 90_000]]);
    expect(hasUnsent(await kept())).toBe(false);
  }
});

test("with the sign-in gone nothing is lost, and it goes on after signing in", async () => {
  await note("Satu");
  server.isSignedIn = false;
  await send();
  expect((await kept()).trouble).toEqual({ kind: "signin" });

  server.isSignedIn = true;
  await send();

  expect(texts()).toEqual(["Satu"]);
  expect((await kept()).trouble).toBeUndefined();
});

test("a refusal of the content waits for the person, with its reason; one of the moment is tried again", async () => {
  await note("Satu");
  server.refusal = { status: 400, words: { "note-0": ["Terlalu panjang."] } };
  await send();
  expect((await kept()).trouble).toMatchObject({ kind: "refused", reason: "Terlalu panjang.", fields: { "note-0": ["Terlalu panjang."] }, isLasting: true });

  server.refusal = { status: 403, words: { detail: "Sejak pelajaran mulai." } };
  await send();
  expect((await kept()).trouble).toMatchObject({ reason: "Terlalu panjang." });

  await note("Dua");
  await send();
  expect((await kept()).trouble).toMatchObject({ reason: "Sejak pelajaran mulai.", isLasting: false });

  server.refusal = undefined;
  await send();
  expect(texts()).toEqual(["Satu", "Dua"]);
});

test("of two versions the person chooses: this phone's", async () => {
  await elsewhere("Dari HP lain");
  await note("Dari HP ini");
  await send();
  const { trouble } = await kept();
  expect(trouble?.kind).toBe("differs");
  expect(texts()).toEqual(["Dari HP lain"]);

  await store.change(SESSION, (sheet) => keptMine(sheet!, server.sheet!));
  await send();

  expect([texts(), (await kept()).uid]).toEqual([["Dari HP ini"], server.sheet!.uid]);
});

test("of two versions the person chooses: the other's", async () => {
  await elsewhere("Dari HP lain");
  await note("Dari HP ini");
  await send();

  await store.change(SESSION, (sheet) => tookTheirs(sheet!, server.sheet!));
  await send();

  expect((await kept()).content.notes.map((each) => each.text)).toEqual(["Dari HP lain"]);
  expect([texts(), hasUnsent(await kept())]).toEqual([["Dari HP lain"], false]);
});

test("a correction goes whole when the person says so, its new photo after it", async () => {
  await note("Satu");
  await submit();
  await send();
  await note("Dua");
  const added = await photo(1000);
  await send();
  expect(texts()).toEqual(["Satu"]);

  await submit();
  await send();

  expect([texts(), server.submissions, server.bytes.get(added)!.length]).toEqual([["Satu", "Dua"], 2, 1000]);
  expect(hasUnsent(await kept())).toBe(false);
});

test("a photo whose file another phone has is left to that phone", async () => {
  await elsewhere("Dari HP lain", { uid: newUid(), minute: 1, note: null, item: null, size: 9, sha256: "0".repeat(64), has_consent: true });
  await store.change(SESSION, (sheet) => tookTheirs(sheet!, server.sheet!));

  await send();

  expect(hasUnsent(await kept())).toBe(false);
});

test("another account's sheet is not sent, and says so", async () => {
  await note("Satu");
  server.refusal = { status: 409, words: { detail: "Akun lain." } };

  await send();

  expect((await kept()).trouble).toEqual({ kind: "other-account" });
});

async function elsewhere(text: string, picture?: Content["photos"][number]): Promise<void> {
  const words = { answers: [], notes: [{ uid: newUid(), minute: 1, about: "", seat: "", item: null, text }], photos: picture ? [picture] : [] };
  const body = JSON.stringify({ device: newUid(), sequence: 1, base: 0, act: "save", ...words });
  await server.ask(`/api/v1/sheets/${newUid()}/`, { body });
}
