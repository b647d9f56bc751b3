/**
 * Says in the bar whether the phone is connected, is sending, or keeps words that are not sent yet.
 *
 *   <mg-sync script="/static/frontend/sheet.js" thoughts="/static/frontend/thread.js"><span data-state="connected">…</span><span data-state="kept" hidden>…</span>
 *     <span data-state="sending" hidden>…</span><span data-state="offline" hidden>…</span></mg-sync>
 *
 * Where a sheet or a thought waits, the script that sends it is loaded, on whichever page the signal came back.
 * Without JavaScript it says "connected", which is true of a page that has just come.
 */
import { keys } from "./drafts";

interface Sending {
  isSending: boolean;
}

export class Sync extends HTMLElement {
  private sending = 0;
  private isSendingSheets = false;

  connectedCallback(): void {
    for (const name of ["online", "offline"]) addEventListener(name, () => this.show());
    document.addEventListener("mg:drafts", () => this.show());
    document.addEventListener("mg:sending", (event) => this.countSheets((event as CustomEvent<Sending>).detail.isSending));
    document.addEventListener("htmx:before:request", () => this.count(1));
    document.addEventListener("htmx:finally:request", () => this.count(-1));
    this.show();
    if (waitingSheets()) this.loadSender("script");
    if (isThoughtWaiting()) this.loadSender("thoughts");
  }

  private loadSender(name: string): void {
    const source = this.getAttribute(name);
    if (!source || document.querySelector(`script[src="${source}"]`)) return;
    const script = document.createElement("script");
    script.type = "module";
    script.src = source;
    document.head.append(script);
  }

  private countSheets(isSending: boolean): void {
    this.isSendingSheets = isSending;
    this.show();
  }

  private count(change: number): void {
    this.sending = Math.max(0, this.sending + change);
    this.show();
  }

  private get state(): string {
    if (!navigator.onLine) return "offline";
    if (this.sending || this.isSendingSheets) return "sending";
    return keys().length || waitingSheets() || isThoughtWaiting() ? "kept" : "connected";
  }

  private show(): void {
    for (const part of this.querySelectorAll<HTMLElement>("[data-state]")) part.hidden = part.dataset["state"] !== this.state;
  }
}

/** How many sheets of this person wait on this phone; the database of sheets writes it down. */
function waitingSheets(): number {
  try {
    return Number(localStorage.getItem(`sheets:${document.body.dataset["person"] ?? ""}`));
  } catch {
    return 0;
  }
}

/** What one thought without signal; see thread/store.ts. */
function isThoughtWaiting(): boolean {
  try {
    return Object.keys(localStorage).some((name) => name.startsWith(`thought:${document.body.dataset["person"] ?? ""}:`));
  } catch {
    return false;
  }
}

customElements.define("mg-sync", Sync);
