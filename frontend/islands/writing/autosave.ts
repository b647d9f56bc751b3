/**
 * Keeps an unfinished form on the server while one writes, so that it can be gone on with on another device.
 *
 *   <form …>… <mg-autosave url="/posts/drafts/save/" failed="Belum sampai"><p data-saved role="status" hidden></p></mg-autosave></form>
 *
 * What was typed is sent ten seconds after its first letter, again and again, and once more when the page is left; files stay behind.
 * The answer is the sentence to show, or `failed` while there is none. With 409 the form’s mark is used: it takes another and tries again.
 * Without JavaScript the form has a button for it. Nothing is sent after the form itself.
 */
import { newUid } from "../marks";

const EVERY_MS = 10_000;
// Of what is sent while a page closes, browsers take 64 KiB and refuse more.
const MOST_ON_LEAVING = 60_000;

export class Autosave extends HTMLElement {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private left = new AbortController();

  connectedCallback(): void {
    const form = this.closest("form");
    if (!form) return;
    this.left = new AbortController();
    const { signal } = this.left;
    form.addEventListener("input", () => this.wait(), { signal });
    form.addEventListener("submit", () => this.forget(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden && this.saveNow(), { signal });
    addEventListener("pagehide", () => this.saveNow(), { signal });
  }

  disconnectedCallback(): void {
    this.forget();
    this.left.abort();
  }

  private wait(): void {
    this.timer ??= setTimeout(() => void this.save(), EVERY_MS);
  }

  private forget(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private saveNow(): void {
    if (this.timer !== undefined) void this.save(true);
  }

  private async save(isLeaving = false): Promise<void> {
    this.forget();
    const words = this.words();
    try {
      const answer = await fetch(this.getAttribute("url") ?? "", {
        method: "POST",
        body: words,
        headers: { "HX-Request": "true" },
        redirect: "manual",
        keepalive: isLeaving && words.toString().length < MOST_ON_LEAVING,
      });
      if (answer.ok || answer.status === 422) return this.say(await answer.text());
      if (answer.status === 409) this.takeNewMark();
    } catch {
      // Without signal, as with an answer that is none.
    }
    this.say(this.getAttribute("failed") ?? "");
    this.wait();
  }

  private takeNewMark(): void {
    const mark = this.closest("form")?.querySelector<HTMLInputElement>("[name=submission]");
    if (mark) mark.value = newUid();
  }

  private words(): URLSearchParams {
    const words = new URLSearchParams();
    for (const [name, value] of new FormData(this.closest("form") ?? undefined)) if (typeof value === "string") words.append(name, value);
    return words;
  }

  private say(sentence: string): void {
    const line = this.querySelector<HTMLElement>("[data-saved]");
    if (!line) return;
    line.textContent = sentence;
    line.hidden = sentence === "";
  }
}

customElements.define("mg-autosave", Autosave);
