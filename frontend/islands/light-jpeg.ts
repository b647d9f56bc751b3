/**
 * Makes a photo light: a JPEG, upright, of so many bytes at most. What it told of place and camera is gone with that.
 */
const LONGEST_SIDE = 1600;
const QUALITIES = [0.8, 0.65, 0.5, 0.35];
const SMALLER = 0.75;

/** The photo as a light JPEG; throws where this phone cannot read it. */
export async function asLightJpeg(file: Blob, lightEnough: number): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  try {
    return await shrunk(picture, lightEnough);
  } finally {
    picture.close();
  }
}

async function shrunk(picture: ImageBitmap, lightEnough: number): Promise<Blob> {
  let scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  for (;;) {
    const canvas = drawn(picture, scale);
    let blob = await asJpeg(canvas, QUALITIES[0]!);
    for (const quality of QUALITIES.slice(1)) {
      if (blob.size <= lightEnough) return blob;
      blob = await asJpeg(canvas, quality);
    }
    if (blob.size <= lightEnough || canvas.width < 400) return blob;
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
