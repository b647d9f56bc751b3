/**
 * Shrinks photos on the phone before they are sent: teachers pay for every megabyte.
 *
 *   <input type="file" name="file">
 *
 * Works on every file field of every page. A photo over 200 kB is made anew as JPEG, at most 1600 pixels long, which also drops where it was
 * taken. What is no photo, or cannot be read here, is sent as it is; so is everything without JavaScript.
 */
const LIGHT_ENOUGH = 200_000;
const LONGEST_SIDE = 1600;
const QUALITIES = [0.8, 0.65, 0.5, 0.35];
const SMALLER = 0.75;
const PHOTO = /^image\/(jpeg|png|webp)$/;

/** The photo light enough to send, or the very file where that is not needed or not possible. */
export async function lightened(file: File): Promise<File> {
  if (!PHOTO.test(file.type) || file.size <= LIGHT_ENOUGH) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const blob = await lightEnough(picture);
    picture.close();
    if (blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified });
  } catch {
    return file;
  }
}

async function lightEnough(picture: ImageBitmap): Promise<Blob> {
  let scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  for (;;) {
    const canvas = drawn(picture, scale);
    let blob = await asJpeg(canvas, QUALITIES[0]!);
    for (const quality of QUALITIES.slice(1)) {
      if (blob.size <= LIGHT_ENOUGH) return blob;
      blob = await asJpeg(canvas, quality);
    }
    if (blob.size <= LIGHT_ENOUGH || canvas.width < 400) return blob;
    scale *= SMALLER;
  }
}

function drawn(picture: ImageBitmap, scale: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const pen = canvas.getContext("2d")!;
  // JPEG knows no transparency; a drawing on a clear ground stays readable on white.
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function asJpeg(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((keep, fail) => canvas.toBlob((blob) => (blob ? keep(blob) : fail(new Error("no JPEG"))), "image/jpeg", quality));
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
