/**
 * Puts an observer's own note into a text field with one tap.
 *
 *   <mg-insert-words into="id_seen"><button type="submit" name="insert" value="note-7" data-words="Menit 12: Meja 5 bertanya.">…</button></mg-insert-words>
 *
 * The words go on a line of their own beneath what is there. Without JavaScript the button sends the form, and the server puts them in.
 */
export class InsertWords extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", (event) => this.insert(event));
  }

  private get field(): HTMLTextAreaElement | null {
    const found = document.getElementById(this.getAttribute("into") ?? "");
    return found instanceof HTMLTextAreaElement ? found : null;
  }

  private insert(event: Event): void {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[data-words]");
    const field = this.field;
    if (!button || !field) return;
    event.preventDefault();
    if (button.disabled) return;
    const before = field.value.trimEnd();
    field.value = [before, button.dataset.words].filter(Boolean).join("\n");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    button.disabled = true;
  }
}

customElements.define("mg-insert-words", InsertWords);
