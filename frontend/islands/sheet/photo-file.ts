/** A photo as the sheet keeps it: a light JPEG that tells of neither place nor camera, with its sum. */
import { asLightJpeg } from "../light-jpeg";

// Ten of them take less than a minute at 256 kbit/s.
const LIGHT_ENOUGH = 140_000;

export interface PhotoFile {
  bytes: ArrayBuffer;
  size: number;
  sha256: string;
}

/** Throws where this phone cannot read the picture. */
export async function photoFile(file: Blob): Promise<PhotoFile> {
  const bytes = await (await asLightJpeg(file, LIGHT_ENOUGH)).arrayBuffer();
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return { bytes, size: bytes.byteLength, sha256: [...sum].map((byte) => byte.toString(16).padStart(2, "0")).join("") };
}
