/**
 * Puts the marks of Markdown around the selected words: bold, a list, a heading, a link.
 *
 *   <mg-markdown-editor><textarea>…</textarea><div role="toolbar" data-toolbar hidden><button type="button" data-mark="bold">…</button></div></mg-markdown-editor>
 *
 * The buttons move above the field. Without JavaScript they stay hidden, and the marks are typed. Pressing twice takes a mark away.
 */
type Mark = "bold" | "list" | "heading" | "link";

export class MarkdownEditor extends HTMLElement {
  connectedCallback(): void {
    const toolbar = this.querySelector<HTMLElement>("[data-toolbar]");
    const field = this.field;
    if (!toolbar || !field) return;
    field.before(toolbar);
    toolbar.hidden = false;
    toolbar.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>("[data-mark]");
      if (button) this.put(button.dataset["mark"] as Mark);
    });
  }

  private get field(): HTMLTextAreaElement | null {
    return this.querySelector("textarea");
  }

  private put(mark: Mark): void {
    const field = this.field;
    if (!field) return;
    if (mark === "bold") wrap(field, "**", "**");
    else if (mark === "link") wrap(field, "[", "](https://)");
    else prefix(field, mark === "list" ? "- " : "## ");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }
}

function wrap(field: HTMLTextAreaElement, before: string, after: string): void {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const isMarked = value.slice(start - before.length, start) === before && value.startsWith(after, end);
  if (isMarked) {
    field.value = value.slice(0, start - before.length) + value.slice(start, end) + value.slice(end + after.length);
    field.setSelectionRange(start - before.length, end - before.length);
    return;
  }
  field.value = value.slice(0, start) + before + value.slice(start, end) + after + value.slice(end);
  field.setSelectionRange(start + before.length, end + before.length);
}

function prefix(field: HTMLTextAreaElement, mark: string): void {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const first = value.lastIndexOf("\n", start - 1) + 1;
  const last = value.indexOf("\n", end) < 0 ? value.length : value.indexOf("\n", end);
  const lines = value.slice(first, last).split("\n");
  const isMarked = lines.every((line) => line.startsWith(mark));
  const marked = lines.map((line) => (isMarked ? line.slice(mark.length) : mark + line)).join("\n");
  field.value = value.slice(0, first) + marked + value.slice(last);
  const caret = first + marked.length;
  field.setSelectionRange(lines.length > 1 ? first : caret, caret);
}

customElements.define("mg-markdown-editor", MarkdownEditor);
