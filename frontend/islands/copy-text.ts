/**
 * Copies a text, e.g. for a WhatsApp group, and says so.
 *
 *   <mg-copy-text>
 *     <button type="button">Salin untuk WhatsApp</button> <span role="status" data-done hidden>Tersalin</span>
 *     <details><summary>Lihat teksnya</summary><textarea readonly>…</textarea></details>
 *   </mg-copy-text>
 *
 * Without JavaScript the text can be opened, marked and copied by hand.
 */
const SHOWN_MS = 4000;

export class CopyText extends HTMLElement {
  connectedCallback(): void {
    this.querySelector("button")?.addEventListener("click", () => void this.copy());
  }

  private get text(): HTMLTextAreaElement | null {
    return this.querySelector("textarea");
  }

  private async copy(): Promise<void> {
    if (await this.copied()) this.sayDone();
    else this.showText();
  }

  private async copied(): Promise<boolean> {
    try {
      await navigator.clipboard.writeText(this.text?.value ?? "");
      return true;
    } catch {
      return false;
    }
  }

  private sayDone(): void {
    const done = this.querySelector<HTMLElement>("[data-done]");
    if (!done) return;
    done.hidden = false;
    setTimeout(() => (done.hidden = true), SHOWN_MS);
  }

  /** Where the browser gives no clipboard, the text is opened and marked, ready for the finger. */
  private showText(): void {
    this.querySelector("details")?.setAttribute("open", "");
    this.text?.select();
  }
}

customElements.define("mg-copy-text", CopyText);
