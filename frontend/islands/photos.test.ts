import { afterEach, expect, test, vi } from "vitest";
import { lightened } from "./photos";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** A browser whose JPEG of n pixels at a quality weighs that much; jsdom has neither pictures nor canvas. */
function pictures(width: number, height: number, weigh: (pixels: number, quality: number) => number): void {
  vi.stubGlobal("createImageBitmap", async () => ({ width, height, close: () => undefined }));
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue({ fillRect: () => undefined, drawImage: () => undefined } as never);
  vi.spyOn(HTMLCanvasElement.prototype, "toBlob").mockImplementation(function (this: HTMLCanvasElement, done, _type, quality) {
    done(new Blob([new Uint8Array(Math.round(weigh(this.width * this.height, quality as number)))]));
  });
}

const photo = (bytes: number, name = "foto.png", type = "image/png") => new File([new Uint8Array(bytes)], name, { type });

test("what is light enough, or no photo, is sent as it is", async () => {
  const small = photo(1000);
  const letter = photo(900_000, "surat.pdf", "application/pdf");

  expect(await lightened(small)).toBe(small);
  expect(await lightened(letter)).toBe(letter);
});

test("a heavy photo becomes a light JPEG of the same name", async () => {
  pictures(4000, 3000, (pixels, quality) => pixels * quality * 0.1);

  const sent = await lightened(photo(3_000_000, "kelas 8.b.png"));

  expect([sent.name, sent.type]).toEqual(["kelas 8.b.jpg", "image/jpeg"]);
  expect(sent.size).toBeLessThanOrEqual(200_000);
});

test("a photo full of detail becomes smaller until it is light", async () => {
  pictures(4000, 3000, (pixels) => pixels * 0.5);

  expect((await lightened(photo(3_000_000))).size).toBeLessThanOrEqual(200_000);
});

test("a photo that this phone cannot read is sent as it is", async () => {
  vi.stubGlobal("createImageBitmap", async () => Promise.reject(new Error("no such picture")));
  const odd = photo(900_000);

  expect(await lightened(odd)).toBe(odd);
});
