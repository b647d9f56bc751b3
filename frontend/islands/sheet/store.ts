/**
 * The sheets and photos that this phone keeps, one database for each person.
 *
 * Each change reads and writes a sheet in one transaction, so that typing and sending never undo each other, also in two tabs.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { newUid } from "../marks";
import { type Sheet, hasUnsent } from "./record";

export interface KeptPhoto {
  uid: string;
  session: number;
  /** A JPEG. Bytes, because older browsers lose blobs in a database. */
  bytes: ArrayBuffer;
}

interface Schema extends DBSchema {
  sheets: { key: number; value: Sheet };
  photos: { key: string; value: KeptPhoto; indexes: { session: number } };
  facts: { key: string; value: string };
}

const CHANNEL = "mgmp-sheets";

export function databaseOf(person: string): string {
  return `mgmp-sheets-${person}`;
}

/** The phone has no room left. What was typed stays on the page. */
export function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}

export class Store {
  private readonly channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(CHANNEL);

  private constructor(
    readonly person: string,
    private readonly db: IDBPDatabase<Schema>,
    readonly device: string,
  ) {}

  static async open(person: string): Promise<Store> {
    const db = await openDB<Schema>(databaseOf(person), 1, {
      upgrade(base) {
        base.createObjectStore("sheets", { keyPath: "session" });
        base.createObjectStore("photos", { keyPath: "uid" }).createIndex("session", "session");
        base.createObjectStore("facts");
      },
      // A newer version of the page in another tab must not wait for this one.
      blocking: (_old, _new, event) => (event.target as IDBDatabase).close(),
    });
    const device = (await db.get("facts", "device")) ?? newUid();
    await db.put("facts", device, "device");
    return new Store(person, db, device);
  }

  sheets(): Promise<Sheet[]> {
    return this.db.getAll("sheets");
  }

  sheet(session: number): Promise<Sheet | undefined> {
    return this.db.get("sheets", session);
  }

  /** Change one sheet, and give what it is now. Nothing is written where `change` gives nothing or the very same. */
  async change(session: number, change: (sheet: Sheet | undefined) => Sheet | undefined): Promise<Sheet | undefined> {
    const work = this.db.transaction("sheets", "readwrite");
    try {
      const before = await work.store.get(session);
      const after = change(before);
      if (after && after !== before) await work.store.put(after);
      await work.done;
      if (after && after !== before) this.tell(after);
      return after ?? before;
    } catch (error) {
      work.done.catch(() => undefined);
      throw work.error ?? error;
    }
  }

  photo(uid: string): Promise<KeptPhoto | undefined> {
    return this.db.get("photos", uid);
  }

  /** A photo and the sheet that names it are kept together, or neither is. */
  async addPhoto(photo: KeptPhoto, change: (sheet: Sheet) => Sheet): Promise<Sheet> {
    const work = this.db.transaction(["sheets", "photos"], "readwrite");
    try {
      const before = await work.objectStore("sheets").get(photo.session);
      if (!before) throw new Error("no sheet");
      const after = change(before);
      await work.objectStore("photos").put(photo);
      await work.objectStore("sheets").put(after);
      await work.done;
      this.tell(after);
      return after;
    } catch (error) {
      work.done.catch(() => undefined);
      throw work.error ?? error;
    }
  }

  async dropPhoto(uid: string): Promise<void> {
    await this.db.delete("photos", uid);
  }

  /** Forget a sheet that is not wanted on this phone any more, with its photos. */
  async drop(session: number): Promise<void> {
    const work = this.db.transaction(["sheets", "photos"], "readwrite");
    await work.objectStore("sheets").delete(session);
    for (const uid of await work.objectStore("photos").index("session").getAllKeys(session)) await work.objectStore("photos").delete(uid);
    await work.done;
    this.channel?.postMessage(session);
  }

  /** Call back whenever another tab changed a sheet, with its session. */
  listen(heard: (session: number) => void): void {
    this.channel?.addEventListener("message", (event: MessageEvent<number>) => heard(event.data));
  }

  close(): void {
    this.channel?.close();
    this.db.close();
  }

  private tell(sheet: Sheet): void {
    this.channel?.postMessage(sheet.session);
    document.dispatchEvent(new CustomEvent<Sheet>("mg:sheet", { detail: sheet }));
    void this.mark();
  }

  /** Every page's bar says whether something waits, without opening the database. */
  private async mark(): Promise<void> {
    const waiting = (await this.sheets()).filter(hasUnsent).length;
    try {
      if (waiting) localStorage.setItem(`sheets:${this.person}`, String(waiting));
      else localStorage.removeItem(`sheets:${this.person}`);
    } catch {
      // Only the bar does not know.
    }
    document.dispatchEvent(new CustomEvent("mg:drafts"));
  }
}
