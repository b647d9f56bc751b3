/**
 * The files of messages that wait on this device, by the mark of their message. Bytes, because older browsers lose blobs in a database.
 */
interface Kept {
  name: string;
  type: string;
  bytes: ArrayBuffer;
}

const DATABASE = "mgmp-talk";
const FILES = "files";

/** Throws where the device keeps nothing, or has no room. */
export async function keepFile(submission: string, file: File): Promise<void> {
  const kept: Kept = { name: file.name, type: file.type, bytes: await file.arrayBuffer() };
  await done("readwrite", (files) => files.put(kept, submission));
}

export async function keptFile(submission: string): Promise<File | undefined> {
  const kept = (await done("readonly", (files) => files.get(submission))) as Kept | undefined;
  return kept && new File([kept.bytes], kept.name, { type: kept.type });
}

export async function dropFile(submission: string): Promise<void> {
  await done("readwrite", (files) => files.delete(submission));
}

async function done(mode: IDBTransactionMode, ask: (files: IDBObjectStore) => IDBRequest): Promise<unknown> {
  const base = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const work = base.transaction(FILES, mode);
      const asked = ask(work.objectStore(FILES));
      work.oncomplete = () => resolve(asked.result);
      work.onabort = () => reject(work.error);
    });
  } finally {
    base.close();
  }
}

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(FILES);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}
