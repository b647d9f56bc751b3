/**
 * Says in the bar whether the phone is connected, is sending, or keeps words that are not sent yet.
 *
 *   <mg-sync><span data-state="connected">…</span><span data-state="kept" hidden>…</span>
 *     <span data-state="sending" hidden>…</span><span data-state="offline" hidden>…</span></mg-sync>
 *
 * Without JavaScript it says "connected", which is true of a page that has just come.
 */
import { keys } from "./drafts";

export class Sync extends HTMLElement {
  private sending = 0;

  connectedCallback(): void {
    for (const name of ["online", "offline"]) addEventListener(name, () => this.show());
    document.addEventListener("mg:drafts", () => this.show());
    document.addEventListener("htmx:before:request", () => this.count(1));
    document.addEventListener("htmx:finally:request", () => this.count(-1));
    this.show();
  }

  private count(change: number): void {
    this.sending = Math.max(0, this.sending + change);
    this.show();
  }

  private get state(): string {
    if (!navigator.onLine) return "offline";
    if (this.sending) return "sending";
    return keys().length ? "kept" : "connected";
  }

  private show(): void {
    for (const part of this.querySelectorAll<HTMLElement>("[data-state]")) part.hidden = part.dataset["state"] !== this.state;
  }
}

customElements.define("mg-sync", Sync);
