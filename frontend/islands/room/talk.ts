/**
 * The live talk of a pair: shows what the other says within two seconds, and keeps what one writes without signal until it is sent.
 *
 *   <mg-talk key="5" thread="2" version="17" last="12" live="/pairs/live/…/" events="" renew="…" news="…" read="…" open>
 *     <ol class="talk"><li class="bubble" data-message="12" data-submission="…">…</li> <li data-empty hidden>…</li></ol>
 *     <form id="say">… <textarea name="text"> <p data-error hidden><span data-reason></span></p></form>
 *     <p data-channel="lost|signedout|closed|ended" hidden>… data-why …</p> <template data-words-file>…</template> <template data-words-consent>…</template>
 *     <template data-line>… data-text, data-file, data-state="kept|sending|signedout|failed", data-reason, <textarea readonly>, data-drop …</template>
 *     <template data-seen-line><span data-seen></span></template>
 *   </mg-talk>
 *
 * A message stays on the device until the talk shows it; `submission` makes it count once. One with a file is kept when it could not be sent;
 * where the device has no room for it, its form stays as it is. What a closed room does not take any more is shown, to be copied.
 * Without JavaScript the form is sent by its button.
 */
import { drop as dropDraft } from "../drafts";
import { csrfMark, newUid } from "../marks";
import { Channel, type State } from "./channel";
import { keepFile, keptFile } from "./kept-files";
import { type Waiting, drop, put, waitingIn } from "./outbox";
import { bodyOf, lineOf, reasonOf, setState } from "./posting";

const RETRY_MS = 5000;

export interface CardNews {
  revision: number;
  words: Record<string, string>;
  edited: string;
  isShared: boolean;
}

interface News {
  version: number;
  html: string;
  last: number;
  isMore: boolean;
  seen: { upTo: number; words: string };
  mayTalk: boolean;
  card: CardNews;
}

export class Talk extends HTMLElement {
  private channel: Channel | undefined;
  private last = 0;
  private read = 0;
  private isSending = false;
  /** Why nothing is taken here any more: the discussion is closed, or one does not sit in this pair now. */
  private over: "closed" | "ended" | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private readonly onSignal = (): void => void this.flush();
  private readonly onLook = (): void => void this.markRead();

  connectedCallback(): void {
    this.last = Number(this.getAttribute("last"));
    const addresses = { live: this.getAttribute("live") ?? "", events: this.getAttribute("events") ?? "" };
    this.channel = new Channel(addresses, this.getAttribute("renew") ?? "", Number(this.getAttribute("version")), () => this.fetchNews(), (state) => this.tell(state));
    if (this.hasAttribute("open")) this.channel.start();
    else this.over = "closed";
    this.form?.addEventListener("submit", (event) => this.submit(event));
    this.form?.addEventListener("input", () => this.channel?.touch());
    this.form?.addEventListener("keydown", (event) => this.sendByKey(event));
    addEventListener("online", this.onSignal);
    document.addEventListener("visibilitychange", this.onLook);
    addEventListener("scroll", this.onLook, { passive: true });
    this.show();
    void this.flush();
    void this.markRead();
  }

  disconnectedCallback(): void {
    this.channel?.stop();
    clearTimeout(this.retry);
    removeEventListener("online", this.onSignal);
    removeEventListener("scroll", this.onLook);
    document.removeEventListener("visibilitychange", this.onLook);
  }

  private get key(): string {
    return this.getAttribute("key") ?? "";
  }

  private get thread(): number {
    return Number(this.getAttribute("thread"));
  }

  private get form(): HTMLFormElement | null {
    return this.querySelector<HTMLFormElement>("form#say");
  }

  private get list(): HTMLElement {
    return this.querySelector<HTMLElement>(".talk")!;
  }

  /** On a keyboard Enter sends and Shift and Enter begins a line; on a phone Enter begins a line. */
  private sendByKey(event: KeyboardEvent): void {
    const isKeyboard = window.matchMedia?.("(hover: hover)").matches ?? false;
    if (!isKeyboard || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    if (!(event.target instanceof HTMLTextAreaElement)) return;
    event.preventDefault();
    this.form?.requestSubmit();
  }

  private submit(event: Event): void {
    const form = this.form!;
    const file = form.querySelector<HTMLInputElement>("input[type=file]")?.files?.length;
    event.preventDefault();
    this.complain("");
    if (file) return void this.sendWhole(form);
    const field = form.querySelector<HTMLTextAreaElement>("[name=text]")!;
    const text = field.value.trim();
    if (!text) return field.focus();
    // A device that keeps nothing sends at once, by the form as it is.
    if (!put(this.key, { submission: newUid(), text, at: Date.now(), thread: this.thread })) return form.submit();
    dropDraft(`say-${this.key}`);
    form.reset();
    field.focus();
    this.show();
    this.list.lastElementChild?.scrollIntoView?.({ block: "nearest" });
    void this.flush();
  }

  /** A message with its file: it leaves the form when the server has it, or else the device. */
  private async sendWhole(form: HTMLFormElement): Promise<void> {
    const button = form.querySelector<HTMLButtonElement>("[type=submit]");
    button?.setAttribute("aria-busy", "true");
    try {
      const answer = await this.post(new FormData(form));
      if (answer.ok) {
        this.clear(form);
        await this.channel?.refresh();
      } else if (answer.status >= 500) await this.keepWhole(form);
      else this.complain((await reasonOf(answer)) || this.words("failed"));
    } catch {
      await this.keepWhole(form);
    }
    button?.removeAttribute("aria-busy");
  }

  /** Under the mark of its form: what arrived although its answer was lost counts once. */
  private async keepWhole(form: HTMLFormElement): Promise<void> {
    const sent = new FormData(form);
    const [file, submission, consent] = [sent.get("file"), String(sent.get("submission")), sent.has("consent")];
    if (!(file instanceof File) || !file.size) return;
    if (file.type.startsWith("image/") && !consent) return this.complain(this.sentence("consent"));
    const message = { submission, text: String(sent.get("text")).trim(), at: Date.now(), thread: this.thread, file: file.name, consent };
    try {
      await keepFile(submission, file);
      if (!put(this.key, message)) throw new Error("no room");
    } catch {
      return this.complain(this.sentence("file"));
    }
    this.clear(form);
    this.show();
    this.retry = setTimeout(() => void this.flush(), RETRY_MS);
  }

  private clear(form: HTMLFormElement): void {
    dropDraft(`say-${this.key}`);
    form.reset();
    form.querySelector<HTMLInputElement>("[name=submission]")!.value = newUid();
    form.querySelector("details")?.removeAttribute("open");
  }

  private sentence(name: string): string {
    return this.querySelector<HTMLTemplateElement>(`template[data-words-${name}]`)?.content.textContent?.trim() ?? "";
  }

  private tell(state: State | "closed"): void {
    for (const line of this.querySelectorAll<HTMLElement>("[data-channel]")) line.hidden = line.dataset["channel"] !== state;
    if (state !== "closed" && state !== "ended") return;
    const wasOpen = !this.over;
    this.over = state;
    this.channel?.stop();
    // What was begun stays in sight, but is not sent.
    for (const control of this.form?.querySelectorAll<HTMLButtonElement>("button") ?? []) control.disabled = true;
    if (wasOpen) this.show();
  }

  private words(state: string): string {
    const line = this.querySelector<HTMLTemplateElement>("template[data-line]")?.content;
    return line?.querySelector(`[data-state="${state}"]`)?.textContent?.trim() ?? "";
  }

  private complain(reason: string): void {
    const line = this.querySelector<HTMLElement>("[data-error]");
    if (!line) return;
    line.hidden = !reason;
    line.querySelector("[data-reason]")!.textContent = reason;
  }

  /** Send what waits, one after the other: what was written first arrives first. */
  private async flush(): Promise<void> {
    if (this.isSending || !this.form || this.over) return;
    this.isSending = true;
    clearTimeout(this.retry);
    let isWell = true;
    for (let next = this.next(); next && isWell && !this.over; next = this.next()) isWell = await this.send(next);
    this.isSending = false;
    if (!isWell) this.retry = setTimeout(() => void this.flush(), RETRY_MS);
  }

  private next(): Waiting | undefined {
    return waitingIn(this.key).find((one) => !one.reason && !this.shown(one.submission));
  }

  private async send(message: Waiting): Promise<boolean> {
    this.mark(message.submission, "sending");
    const file = message.file ? await keptFile(message.submission).catch(() => undefined) : undefined;
    if (message.file && !file) {
      // Without it the message would not be what was written.
      put(this.key, { ...message, reason: this.sentence("file") });
      this.show();
      return true;
    }
    try {
      const answer = await this.post(bodyOf(message, file));
      if (answer.type === "opaqueredirect" || answer.status === 401) return this.wait(message, "signedout");
      if (answer.status >= 500 || answer.status === 429) return this.wait(message, "kept");
      if (answer.status === 404) {
        this.tell("ended");
        return false;
      }
      const reason = answer.ok ? "" : await reasonOf(answer);
      // A page instead of a reason: the mark against forged requests was old.
      if (!answer.ok && !reason) return this.wait(message, "kept");
      if (reason) put(this.key, { ...message, reason });
    } catch {
      return this.wait(message, "kept");
    }
    try {
      await this.channel?.refresh();
    } catch {
      // It was taken; sent again it still counts once.
      return this.wait(message, "kept");
    }
    if (!this.shown(message.submission) && !this.reasonFor(message)) drop(this.key, message.submission);
    this.show();
    return true;
  }

  private reasonFor(message: Waiting): string | undefined {
    return waitingIn(this.key).find((one) => one.submission === message.submission)?.reason;
  }

  private wait(message: Waiting, state: string): false {
    this.mark(message.submission, state);
    return false;
  }

  private post(body: FormData): Promise<Response> {
    const headers = { Accept: "application/json", "X-CSRFToken": csrfMark() };
    return fetch(this.form!.action, { method: "POST", body, headers, redirect: "manual" });
  }

  private async fetchNews(): Promise<number> {
    for (;;) {
      const answer = await fetch(`${this.getAttribute("news")}?since=${this.last}`, { headers: { Accept: "application/json" }, redirect: "manual", cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
      const news = (await answer.json()) as News;
      this.add(news);
      if (!news.isMore) return news.version;
    }
  }

  private add(news: News): void {
    const isAtEnd = this.isAtEnd();
    const made = document.createElement("template");
    made.innerHTML = news.html;
    for (const line of made.content.querySelectorAll<HTMLElement>("[data-message]"))
      if (!this.list.querySelector(`[data-message="${line.dataset["message"]}"]`)) this.list.append(line);
    this.last = Math.max(this.last, news.last);
    this.showSeen(news.seen);
    this.show();
    if (news.html && isAtEnd) this.list.lastElementChild?.scrollIntoView?.({ block: "nearest" });
    document.dispatchEvent(new CustomEvent("mg:card", { detail: news.card }));
    if (!news.mayTalk) this.tell("closed");
    void this.markRead();
  }

  /** Those that wait, after all that was said; what the talk shows does not wait any more. */
  private show(): void {
    for (const line of this.list.querySelectorAll("[data-waiting]")) line.remove();
    for (const message of waitingIn(this.key)) {
      if (this.shown(message.submission)) drop(this.key, message.submission);
      else this.list.append(this.lineOf(message));
    }
    const empty = this.querySelector<HTMLElement>("[data-empty]");
    if (empty) empty.hidden = this.list.querySelector(".bubble") !== null;
  }

  private lineOf(message: Waiting): HTMLElement {
    const template = this.querySelector<HTMLTemplateElement>("template[data-line]")!;
    const over = this.over && this.querySelector(`[data-channel="${this.over}"] [data-why]`)?.textContent?.trim();
    return lineOf(template, message, message.reason ?? over ?? "", () => {
      drop(this.key, message.submission);
      this.show();
    });
  }

  private mark(submission: string, state: string): void {
    const line = this.list.querySelector<HTMLElement>(`[data-waiting="${submission}"]`);
    if (line) setState(line, state);
  }

  private shown(submission: string): boolean {
    return this.list.querySelector(`[data-submission="${submission}"]`) !== null;
  }

  private showSeen(seen: News["seen"]): void {
    const own = [...this.list.querySelectorAll<HTMLElement>(".bubble-me[data-message]")].filter((line) => Number(line.dataset["message"]) <= seen.upTo);
    const template = this.querySelector<HTMLTemplateElement>("template[data-seen-line]");
    if (!own.length || !template) return;
    for (const old of this.list.querySelectorAll("[data-seen]")) old.remove();
    const made = template.content.cloneNode(true) as DocumentFragment;
    made.querySelector("[data-seen]")!.textContent = seen.words;
    own[own.length - 1]!.append(made);
  }

  private isAtEnd(): boolean {
    const end = this.list.getBoundingClientRect().bottom;
    return end <= innerHeight + 120;
  }

  /** Only what really was on the screen of a page that somebody looks at. */
  private async markRead(): Promise<void> {
    if (document.hidden) return;
    const seen = [...this.list.querySelectorAll<HTMLElement>(".bubble:not(.bubble-me)[data-message]")].filter((line) => {
      const { top, bottom } = line.getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    });
    const newest = Math.max(0, ...seen.map((line) => Number(line.dataset["message"])));
    const before = this.read;
    if (newest <= before) return;
    this.read = newest;
    const body = new FormData();
    body.set("up_to", String(newest));
    try {
      const answer = await fetch(this.getAttribute("read") ?? "", { method: "POST", body, headers: { "X-CSRFToken": csrfMark() }, redirect: "manual" });
      if (!answer.ok) this.read = before;
    } catch {
      this.read = before;
    }
  }
}

customElements.define("mg-talk", Talk);
