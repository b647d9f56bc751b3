import { beforeEach, expect, test, vi } from "vitest";
import "./copy-text";

beforeEach(() => {
  document.body.innerHTML = `<mg-copy-text><button type="button">Salin</button><span data-done hidden>Tersalin</span>
    <details><summary>Lihat teksnya</summary><textarea readonly>Sesi Kamis, 09.00 WITA</textarea></details></mg-copy-text>`;
});

async function press(): Promise<void> {
  document.querySelector("button")!.click();
  await new Promise((done) => setTimeout(done));
}

test("the text is copied and the page says so", async () => {
  const writeText = vi.fn(() => Promise.resolve());
  vi.stubGlobal("navigator", { clipboard: { writeText } });

  await press();

  expect(writeText).toHaveBeenCalledWith("Sesi Kamis, 09.00 WITA");
  expect(document.querySelector<HTMLElement>("[data-done]")!.hidden).toBe(false);
});

test("without a clipboard the text is opened for copying by hand", async () => {
  vi.stubGlobal("navigator", {});

  await press();

  expect(document.querySelector("details")!.open).toBe(true);
  expect(document.querySelector<HTMLElement>("[data-done]")!.hidden).toBe(true);
});
