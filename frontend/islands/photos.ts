/**
 * Shrinks photos on the phone before they are sent: teachers pay for every megabyte.
 *
 *   <input type="file" name="file">
 *
 * Works on every file field of every page. A photo over 200 kB is made anew as JPEG, at most 1600 pixels long, which also drops where it was
 * taken. What is no photo, or cannot be read here, is sent as it is; so is everything without JavaScript.
 */
import { asLightJpeg } from "./light-jpeg";

const LIGHT_ENOUGH = 200_000;
const PHOTO = /^image\/(jpeg|png|webp)$/;

/** The photo light enough to send, or the very file where that is not needed or not possible. */
export async function lightened(file: File): Promise<File> {
  if (!PHOTO.test(file.type) || file.size <= LIGHT_ENOUGH) return file;
  try {
    const blob = await asLightJpeg(file, LIGHT_ENOUGH);
    if (blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified });
  } catch {
    return file;
  }
}

async function lighten(field: HTMLInputElement): Promise<void> {
  const chosen = [...(field.files ?? [])];
  const light = await Promise.all(chosen.map(lightened));
  // Another choice was made meanwhile, or nothing became lighter.
  const isStillChosen = chosen.length === field.files?.length && chosen.every((file, n) => file === field.files![n]);
  if (!isStillChosen || light.every((file, n) => file === chosen[n])) return;
  const carrier = new DataTransfer();
  for (const file of light) carrier.items.add(file);
  field.files = carrier.files;
}

document.addEventListener("change", (event) => {
  const field = event.target;
  if (field instanceof HTMLInputElement && field.type === "file") void lighten(field);
});
