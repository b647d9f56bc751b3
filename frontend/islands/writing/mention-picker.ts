/**
 * Offers colleagues while one types an @ and two letters of a name; the chosen username goes into the text.
 *
 *   <mg-mention-picker url="/posts/people/" label="Rekan yang disebut"><textarea>…</textarea></mg-mention-picker>
 *
 * The address answers with options, `<li role="option" data-username="siti">…</li>`. Arrows, Enter and Escape work, and a tap.
 * Without JavaScript, or without signal, a username is typed whole.
 */
const TYPED = /(^|[^\w@/.-])@([\w.-]{2,60})$/;
const PAUSE_MS = 250;
let lists = 0;

export class MentionPicker extends HTMLElement {
  private list = document.createElement("ul");
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = "";

  connectedCallback(): void {
    const field = this.field;
    if (!field) return;
    this.list.className = "panel panel-flush mention-list";
    this.list.id = `mention-list-${++lists}`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.getAttribute("label") ?? "");
    this.list.hidden = true;
    field.after(this.list);
    field.setAttribute("aria-controls", this.list.id);
    field.addEventListener("input", () => this.look());
    field.addEventListener("keydown", (event) => this.move(event));
    field.addEventListener("blur", () => setTimeout(() => this.close(), PAUSE_MS));
    // Before the field loses its focus, and with it the place to write to.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.choose((event.target as Element).closest<HTMLElement>("[role=option]")));
  }

  private get field(): HTMLTextAreaElement | null {
    return this.querySelector("textarea");
  }

  private get options(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
  }

  private get typed(): string {
    const field = this.field;
    return field ? (TYPED.exec(field.value.slice(0, field.selectionStart))?.[2] ?? "") : "";
  }

  private look(): void {
    clearTimeout(this.timer);
    const typed = this.typed;
    if (!typed) return this.close();
    this.timer = setTimeout(() => void this.ask(typed), PAUSE_MS);
  }

  private async ask(typed: string): Promise<void> {
    this.asked = typed;
    try {
      const answer = await fetch(`${this.getAttribute("url")}?q=${encodeURIComponent(typed)}`, { headers: { "HX-Request": "true" } });
      if (!answer.ok || this.asked !== typed) return;
      this.list.innerHTML = await answer.text();
    } catch {
      return this.close();
    }
    this.list.hidden = this.options.length === 0;
    this.point(this.options[0]);
  }

  private move(event: KeyboardEvent): void {
    if (this.list.hidden) return;
    const options = this.options;
    const now = options.findIndex((option) => option.ariaSelected === "true");
    if (event.key === "ArrowDown") this.point(options[(now + 1) % options.length]);
    else if (event.key === "ArrowUp") this.point(options[(now - 1 + options.length) % options.length]);
    else if (event.key === "Enter" || event.key === "Tab") this.choose(options[now]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  private point(option: HTMLElement | undefined): void {
    for (const one of this.options) one.setAttribute("aria-selected", String(one === option));
    option?.scrollIntoView?.({ block: "nearest" });
    if (option) this.field?.setAttribute("aria-activedescendant", option.id);
  }

  private choose(option: HTMLElement | null | undefined): void {
    const field = this.field;
    const username = option?.dataset["username"];
    if (!field || !username) return;
    const end = field.selectionStart;
    const start = end - this.typed.length;
    field.setRangeText(`${username} `, start, end, "end");
    this.close();
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private close(): void {
    this.asked = "";
    this.list.hidden = true;
    this.field?.removeAttribute("aria-activedescendant");
  }
}

customElements.define("mg-mention-picker", MentionPicker);
