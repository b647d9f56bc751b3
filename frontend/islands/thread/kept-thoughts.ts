/**
 * Lists the answers of discussions that wait on this phone, so that nothing stays behind unseen; what was refused can be copied.
 *
 *   <mg-kept-thoughts hidden [key="12" text="…"] [all]><ul data-list></ul> <template data-row><li>
 *     <a data-link></a> <span data-waits></span> <div data-refused>… data-reason, <textarea readonly>, <button data-drop> …</div></li></template></mg-kept-thoughts>
 *
 * With a key, only that thread's; then no form shows them. With `all` also threads that can be opened without signal.
 */
import { plain } from "./sending";
import { about, abouts, keepAbout, keepUnsent, person, unsent, unsents } from "./store";

export class KeptThoughts extends HTMLElement {
  private readonly onChange = (): void => this.show();

  connectedCallback(): void {
    document.addEventListener("mg:thoughts", this.onChange);
    // The page of a discussion without a form: there is nothing to write to any more.
    const who = person();
    if (this.key && who) keepAbout(who, this.key, undefined);
    // What the platform has does not wait: its answer was lost when the page went on.
    if (this.key && who && unsent(who, this.key) && plain(unsent(who, this.key)!.text) === plain(this.getAttribute("text") ?? "")) keepUnsent(who, this.key, undefined);
    this.show();
  }

  disconnectedCallback(): void {
    document.removeEventListener("mg:thoughts", this.onChange);
  }

  private get key(): number {
    return Number(this.getAttribute("key"));
  }

  private show(): void {
    const who = person();
    const all = who ? [...new Set([...unsents(who), ...(this.hasAttribute("all") ? abouts(who) : [])])] : [];
    const threads = all.filter((thread) => !this.key || thread === this.key);
    this.querySelector("[data-list]")!.replaceChildren(...threads.map((thread) => this.rowOf(who, thread)));
    this.hidden = !threads.length;
  }

  private rowOf(who: string, thread: number): HTMLElement {
    const made = this.querySelector<HTMLTemplateElement>("template[data-row]")!.content.cloneNode(true) as DocumentFragment;
    const row = made.firstElementChild as HTMLElement;
    const words = unsent(who, thread);
    const link = row.querySelector<HTMLAnchorElement>("[data-link]");
    if (link) {
      link.href = `/threads/${thread}/`;
      link.textContent = words?.title || about(who, thread)?.title || "";
    }
    // Where no form is, what is written on this page cannot be gone on with.
    const isStuck = words !== undefined && (words.refusal !== undefined || Boolean(this.key));
    row.querySelector<HTMLElement>("[data-waits]")!.hidden = !words || isStuck;
    row.querySelector<HTMLElement>("[data-refused]")!.hidden = !isStuck;
    row.querySelector("[data-reason]")!.textContent = words?.refusal ?? "";
    row.querySelector<HTMLTextAreaElement>("textarea")!.value = words?.text ?? "";
    row.querySelector("[data-drop]")!.addEventListener("click", () => keepUnsent(who, thread, undefined));
    return row;
  }
}

customElements.define("mg-kept-thoughts", KeptThoughts);
