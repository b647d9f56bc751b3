import { beforeEach, expect, test, vi } from "vitest";
import "./share";

beforeEach(() => {
  document.body.innerHTML = `<mg-share text="Sesi Kamis"><a href="#wa">Bagikan</a></mg-share>`;
});

function press(): Event {
  const event = new MouseEvent("click", { bubbles: true, cancelable: true });
  document.querySelector("a")!.dispatchEvent(event);
  return event;
}

test("the phone's share sheet gets the text", () => {
  const share = vi.fn(() => Promise.resolve());
  vi.stubGlobal("navigator", { share });

  expect(press().defaultPrevented).toBe(true);
  expect(share).toHaveBeenCalledWith({ text: "Sesi Kamis" });
});

test("without a share sheet the link opens WhatsApp", () => {
  vi.stubGlobal("navigator", {});

  expect(press().defaultPrevented).toBe(false);
});

test("what is counted is what the press opens", () => {
  const page = `<mg-share text="Sesi Kamis" data-channel="whatsapp"><a href="#wa">Bagikan</a></mg-share>`;
  const channel = () => document.querySelector<HTMLElement>("mg-share")!.dataset["channel"];

  vi.stubGlobal("navigator", {});
  document.body.innerHTML = page;
  expect(channel()).toBe("whatsapp");

  vi.stubGlobal("navigator", { share: vi.fn() });
  document.body.innerHTML = page;
  expect(channel()).toBe("device");
});
