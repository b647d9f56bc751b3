import { beforeEach, expect, test, vi } from "vitest";
import "./reach";

const PAGE = `<mg-reach url="/posts/12/reach/">
  <a id="wa" data-channel="whatsapp" href="#x"><b>WhatsApp</b></a>
  <div data-channel="copy"><button type="button">Salin</button><textarea></textarea></div>
  <a id="other" href="#y">Lainnya</a>
</mg-reach>`;

const sent: string[] = [];

beforeEach(() => {
  sent.length = 0;
  sessionStorage.clear();
  navigator.sendBeacon = vi.fn((url, body) => sent.push(`${String(url)} ${String(body)}`) > 0);
});

test("a visit counts once in a tab", () => {
  document.body.innerHTML = PAGE;
  document.body.innerHTML = PAGE;

  expect(sent).toEqual(["/posts/12/reach/ channel=visit"]);
});

test("what is pressed counts for its channel, and nothing else does", () => {
  document.body.innerHTML = PAGE;
  sent.length = 0;

  document.querySelector<HTMLElement>("#wa b")!.click();
  document.querySelector<HTMLElement>("[data-channel=copy] button")!.click();
  document.querySelector<HTMLElement>("textarea")!.click();
  document.querySelector<HTMLElement>("#other")!.click();

  expect(sent).toEqual(["/posts/12/reach/ channel=whatsapp", "/posts/12/reach/ channel=copy"]);
});
