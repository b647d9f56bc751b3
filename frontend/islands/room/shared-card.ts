/**
 * The card that two write at once: saves itself three seconds after the last word, and shows what the other changes.
 *
 *   <mg-shared-card key="card-5"><form method="post" action="/pairs/5/card/">
 *     <input type="hidden" name="revision"> <input type="hidden" name="was-cause"> <div class="field"><textarea name="cause"></div> …
 *     <p data-edited></p> <p data-state="kept" hidden> <p data-state="refused" hidden><span data-reason></span></p>
 *     <template data-conflict>… data-theirs, <button type="button"> …</template> <button data-plain>Simpan dulu</button></form></mg-shared-card>
 *
 * A field that one is not writing in takes the other's words. Where both wrote, the other's words are shown above; that field is not saved by
 * itself until it was put together. Unsaved words stay on this device. Without JavaScript the form is sent by its buttons.
 */
import { csrfMark } from "../marks";
import { type Answer, drop, keep, read } from "../drafts";
import type { CardNews } from "./talk";

const WAIT_MS = 3000;
const RETRY_MS = 5000;

interface Told extends CardNews {
  errors?: Record<string, string>;
  reason?: string;
}

export class SharedCard extends HTMLElement {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isSaving = false;
  private readonly inConflict = new Set<string>();
  /** What was sent last: when it comes back by the channel it is nobody else's. */
  private sent = new Map<string, string>();
  private readonly onNews = (event: Event): void => this.take((event as CustomEvent<CardNews>).detail);
  private readonly onSignal = (): void => this.plan(0);

  connectedCallback(): void {
    if (!this.form) return;
    for (const button of this.querySelectorAll<HTMLElement>("[data-plain]")) button.hidden = true;
    this.restore();
    // The server's answer to the plain form: the other's words stand in `was-…`.
    for (const field of this.fields) if (field.closest(".field-bad") && this.isChanged(field)) this.showConflict(field, this.was(field.name).value);
    this.addEventListener("input", () => this.note());
    this.form.addEventListener("submit", () => this.markSent());
    document.addEventListener("mg:card", this.onNews);
    addEventListener("online", this.onSignal);
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
    document.removeEventListener("mg:card", this.onNews);
    removeEventListener("online", this.onSignal);
  }

  private get form(): HTMLFormElement | null {
    return this.querySelector("form");
  }

  private get key(): string {
    return this.getAttribute("key") ?? "";
  }

  private get fields(): HTMLTextAreaElement[] {
    return [...this.querySelectorAll<HTMLTextAreaElement>("textarea[name]")];
  }

  private was(name: string): HTMLInputElement {
    return this.querySelector<HTMLInputElement>(`[name="was-${name}"]`)!;
  }

  private isChanged(field: HTMLTextAreaElement): boolean {
    return plain(field.value) !== plain(this.was(field.name).value);
  }

  private restore(): void {
    const draft = read(this.key);
    if (!draft) return;
    for (const field of this.fields) {
      const answer = draft.answers[field.name];
      if (!answer || answer.is === field.value) continue;
      const theirs = field.value;
      field.value = answer.is;
      if (plain(answer.was) !== plain(theirs)) this.showConflict(field, theirs);
    }
    this.note();
  }

  /** A draft that was sent is dropped by the page that answers it, and not before. */
  private markSent(): void {
    const draft = read(this.key);
    if (draft) keep(this.key, { ...draft, sentFrom: location.href.split("#")[0] });
  }

  private note(): void {
    const changed = this.fields.filter((field) => this.isChanged(field));
    if (!changed.length) {
      drop(this.key);
      return this.say("");
    }
    const before = read(this.key)?.answers ?? {};
    const answers: Record<string, Answer> = {};
    for (const { name, value } of changed) {
      // What is in conflict stays so after a reload.
      const was = this.inConflict.has(name) ? (before[name]?.was ?? "") : this.was(name).value;
      answers[name] = { was, is: value };
    }
    this.say(keep(this.key, { answers, keptAt: Date.now() }) ? "kept" : "");
    this.plan(WAIT_MS);
  }

  private plan(wait: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save(), wait);
  }

  private async save(): Promise<void> {
    const sent = this.fields.filter((field) => this.isChanged(field) && !this.inConflict.has(field.name));
    if (!sent.length) return;
    if (this.isSaving) return this.plan(WAIT_MS);
    this.isSaving = true;
    const words = (this.sent = new Map(sent.map((field) => [field.name, field.value])));
    try {
      const answer = await this.post(words);
      if (answer.type === "opaqueredirect" || answer.status >= 500) throw new Error(String(answer.status));
      this.answered(answer.status, (await answer.json()) as Told, words);
    } catch {
      this.plan(RETRY_MS);
    }
    this.isSaving = false;
  }

  /** Only what changed differs from its `was-…`; the other fields are sent as they were. */
  private post(words: Map<string, string>): Promise<Response> {
    const body = new FormData();
    body.set("revision", this.querySelector<HTMLInputElement>("[name=revision]")!.value);
    for (const field of this.fields) {
      const was = this.was(field.name).value;
      body.set(`was-${field.name}`, was);
      body.set(field.name, words.get(field.name) ?? was);
    }
    const headers = { Accept: "application/json", "X-CSRFToken": csrfMark() };
    return fetch(this.form!.action, { method: "POST", body, headers, redirect: "manual" });
  }

  private answered(status: number, told: Told, words: Map<string, string>): void {
    if (status === 403) return this.refuse(told.reason ?? "");
    if (status === 200) for (const [name, text] of words) this.was(name).value = plain(text);
    this.take(told);
    const others = Object.entries(told.errors ?? {}).filter(([name]) => !this.inConflict.has(name));
    if (others.length) this.refuse(others[0]![1]);
    else if (this.fields.some((field) => this.isChanged(field))) this.note();
    else {
      drop(this.key);
      this.say("");
    }
  }

  private take(news: CardNews): void {
    const revision = this.querySelector<HTMLInputElement>("[name=revision]")!;
    if (news.revision < Number(revision.value)) return;
    revision.value = String(news.revision);
    for (const field of this.fields) {
      const theirs = news.words[field.name] ?? "";
      if (plain(theirs) === plain(this.was(field.name).value)) continue;
      if (!this.isChanged(field)) field.value = theirs;
      else if (![field.value, this.sent.get(field.name)].some((own) => own !== undefined && plain(own) === plain(theirs))) this.showConflict(field, theirs);
      this.was(field.name).value = theirs;
    }
    const edited = this.querySelector("[data-edited]");
    if (edited) edited.innerHTML = news.edited;
  }

  private showConflict(field: HTMLTextAreaElement, theirs: string): void {
    const box = field.closest(".field")!;
    box.querySelector("[data-conflict-shown]")?.remove();
    const made = this.querySelector<HTMLTemplateElement>("template[data-conflict]")!.content.cloneNode(true) as DocumentFragment;
    const notice = made.firstElementChild as HTMLElement;
    notice.dataset["conflictShown"] = "";
    notice.querySelector("[data-theirs]")!.textContent = theirs;
    notice.querySelector("button")!.addEventListener("click", () => {
      field.value = [theirs, field.value].filter(Boolean).join("\n");
      this.inConflict.delete(field.name);
      notice.remove();
      field.focus();
      this.note();
    });
    this.inConflict.add(field.name);
    field.before(notice);
  }

  private refuse(reason: string): void {
    this.querySelector('[data-state="refused"] [data-reason]')!.textContent = reason;
    this.say("refused");
  }

  private say(state: string): void {
    for (const line of this.querySelectorAll<HTMLElement>("[data-state]")) line.hidden = line.dataset["state"] !== state;
  }
}

/** As the server keeps it. */
function plain(text: string): string {
  return text.replace(/\r\n/g, "\n").trim();
}

customElements.define("mg-shared-card", SharedCard);
