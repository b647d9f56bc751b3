/**
 * Shows only the rows of a list that hold the words typed, at once and without signal.
 *
 *   <mg-filter><form><input name="q"></form> … <ul data-filtered><li>…</li></ul></mg-filter>
 *
 * Without JavaScript the form asks the server. Hidden rows are still sent with their own form.
 */
export class Filter extends HTMLElement {
  connectedCallback(): void {
    const field = this.querySelector<HTMLInputElement>("input[name=q]");
    field?.addEventListener("input", () => this.show(field.value));
  }

  private show(words: string): void {
    const sought = words.trim().toLowerCase();
    for (const row of this.querySelectorAll<HTMLElement>("[data-filtered] > li")) {
      row.hidden = !(row.dataset["words"] ?? "").toLowerCase().includes(sought);
    }
  }
}

customElements.define("mg-filter", Filter);
