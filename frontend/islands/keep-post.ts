/**
 * Keeps a post on this phone, and lists those that are kept. Hidden where the browser keeps nothing.
 *
 *   <mg-keep-post post="7" heading="Kartu" bytes="1200" hidden><button data-keep>…</button> <progress hidden></progress>
 *     <div data-kept hidden>… <button data-drop>…</button></div> <p data-full hidden>…</p> <p data-failed hidden>…</p></mg-keep-post>
 *   <mg-kept-posts><ul data-posts hidden></ul> <p data-none>…</p> <template><li>…</li></template></mg-kept-posts>
 */
import { canKeep, dropPost, hasRoom, keepPost, keptPosts, person } from "./kept-posts";

export class KeepPost extends HTMLElement {
  connectedCallback(): void {
    if (!canKeep() || !document.body.dataset["person"]) return;
    this.found("[data-keep]").addEventListener("click", () => void this.keep());
    this.found("[data-drop]").addEventListener("click", () => void this.drop());
    document.addEventListener("mg:kept-posts", () => void this.look());
    void this.look();
  }

  private async look(): Promise<void> {
    const isKept = (await keptPosts(person())).some(({ post }) => post === this.post);
    this.show(isKept ? "[data-kept]" : "[data-keep]");
    this.hidden = false;
  }

  private async keep(): Promise<void> {
    const bytes = Number(this.getAttribute("bytes"));
    if (!hasRoom(await keptPosts(person()), bytes)) return this.show("[data-full]");
    const bar = this.querySelector("progress")!;
    bar.removeAttribute("value");
    this.show("progress");
    const about = { post: this.post, title: this.getAttribute("heading") ?? "", bytes, at: Date.now() };
    try {
      await keepPost(person(), about, (done, all) => Object.assign(bar, { max: all, value: done }));
      this.show("[data-kept]");
    } catch {
      this.show("[data-keep]", "[data-failed]");
    }
  }

  private async drop(): Promise<void> {
    await dropPost(person(), this.post);
    this.show("[data-keep]");
  }

  private show(...shown: string[]): void {
    for (const name of ["[data-keep]", "progress", "[data-kept]", "[data-full]", "[data-failed]"]) this.found(name).hidden = !shown.includes(name);
  }

  private found(name: string): HTMLElement {
    return this.querySelector<HTMLElement>(name)!;
  }

  private get post(): number {
    return Number(this.getAttribute("post"));
  }
}

export class KeptPosts extends HTMLElement {
  connectedCallback(): void {
    if (!canKeep()) return;
    document.addEventListener("mg:kept-posts", () => void this.look());
    void this.look();
  }

  private async look(): Promise<void> {
    const who = person();
    const kept = await keptPosts(who);
    const list = this.querySelector<HTMLElement>("[data-posts]")!;
    list.replaceChildren(
      ...kept.map(({ post, title, bytes }) => {
        const row = this.querySelector("template")!.content.firstElementChild!.cloneNode(true) as HTMLElement;
        const link = row.querySelector<HTMLAnchorElement>("[data-title]")!;
        link.href = `/posts/${post}/kept/`;
        link.textContent = title;
        row.querySelector("[data-size]")!.textContent = sizeOf(bytes);
        row.querySelector("[data-drop]")!.addEventListener("click", () => void dropPost(who, post).then(() => this.look()));
        return row;
      }),
    );
    list.hidden = !kept.length;
    this.querySelector<HTMLElement>("[data-none]")!.hidden = kept.length > 0;
  }
}

function sizeOf(bytes: number): string {
  const isBig = bytes >= 1_000_000;
  const number = new Intl.NumberFormat(document.documentElement.lang || "id", { maximumFractionDigits: isBig ? 1 : 0 });
  return `${number.format(isBig ? bytes / 1_000_000 : Math.max(1, bytes / 1000))} ${isBig ? "MB" : "kB"}`;
}

customElements.define("mg-keep-post", KeepPost);
customElements.define("mg-kept-posts", KeptPosts);
