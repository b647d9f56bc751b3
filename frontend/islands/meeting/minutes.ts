/**
 * Saves the minutes by themselves while they are written: two seconds after the last word, and when the page goes out of sight.
 *
 *   <mg-minutes key="minutes-5" take="/sessions/5/minutes/pen/"><form method="post" action="…">
 *     <input type="hidden" name="revision"> <textarea name="proceedings"> <textarea name="closing">
 *     <span data-state="kept|sending|saved|lost" hidden> … <span data-at></span></span>
 *     <div data-trouble hidden><p data-words></p></div></form></mg-minutes>
 *
 * With the first word the pen is taken. What is not saved yet is kept on this device. When the server says that somebody else wrote on, it has
 * kept these words apart; the page says so and stops saving. Without JavaScript the form is sent by its button.
 */
import { drop, keep, read } from "../drafts";

const WAIT_MS = 2000;
const RETRY_MS = 5000;
const FIELDS = ["proceedings", "closing"];

interface Told {
  revision?: number;
  at?: string;
  words?: string;
}

export class MinutesPage extends HTMLElement {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isSending = false;
  private isStopped = false;
  private hasPen = false;
  private readonly onHide = (): void => {
    if (document.hidden && read(this.key)) void this.save(true);
  };

  connectedCallback(): void {
    if (!this.form) return;
    this.restore();
    this.addEventListener("input", () => this.note());
    this.form.addEventListener("submit", () => this.markSent());
    document.addEventListener("visibilitychange", this.onHide);
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.onHide);
  }

  private get form(): HTMLFormElement | null {
    return this.querySelector("form");
  }

  private get key(): string {
    return this.getAttribute("key") ?? "";
  }

  private field(name: string): HTMLInputElement | HTMLTextAreaElement {
    return this.querySelector<HTMLInputElement | HTMLTextAreaElement>(`[name="${name}"]`)!;
  }

  private get words(): string {
    return JSON.stringify(FIELDS.map((name) => this.field(name).value));
  }

  /** Words of an earlier visit that never arrived: they go on from the text that was there then, whatever is there now. */
  private restore(): void {
    const draft = read(this.key);
    if (!draft) return;
    const is = FIELDS.map((name) => draft.answers[name]?.is ?? "");
    if (JSON.stringify(is) === this.words) return drop(this.key);
    FIELDS.forEach((name, n) => (this.field(name).value = is[n] ?? ""));
    this.field("revision").value = draft.answers["revision"]?.is ?? this.field("revision").value;
    this.say("kept");
    void this.save();
  }

  private note(): void {
    this.store();
    this.say("kept");
    if (this.isStopped) return;
    if (!this.hasPen) void this.takePen();
    this.plan(WAIT_MS);
  }

  private store(): void {
    const values = [...FIELDS, "revision"].map((name) => [name, { was: "", is: this.field(name).value }]);
    keep(this.key, { answers: Object.fromEntries(values), keptAt: Date.now() });
  }

  private markSent(): void {
    const draft = read(this.key);
    clearTimeout(this.timer);
    this.isStopped = true;
    if (draft) keep(this.key, { ...draft, sentFrom: location.href.split("#")[0] });
  }

  private plan(wait: number): void {
    clearTimeout(this.timer);
    if (!this.isStopped) this.timer = setTimeout(() => void this.save(), wait);
  }

  private async takePen(): Promise<void> {
    this.hasPen = true;
    try {
      const answer = await this.send(this.getAttribute("take") ?? "", false);
      if (answer.status === 423 || answer.status === 403) this.stop(((await answer.json()) as Told).words);
    } catch {
      this.hasPen = false;
    }
  }

  private async save(isLast = false): Promise<void> {
    if (this.isSending || this.isStopped) return;
    this.isSending = true;
    const sent = this.words;
    this.say("sending");
    try {
      const answer = await this.send(this.form!.action, isLast);
      if (answer.type === "opaqueredirect" || answer.status >= 500) throw new Error(String(answer.status));
      const told = (await answer.json()) as Told;
      if (answer.ok) this.saved(told, sent);
      else this.refused(answer.status, told);
    } catch {
      this.say("lost");
      this.plan(RETRY_MS);
    }
    this.isSending = false;
  }

  private send(address: string, isLast: boolean): Promise<Response> {
    return fetch(address, {
      method: "POST",
      body: new FormData(this.form!),
      headers: { Accept: "application/json" },
      keepalive: isLast,
      redirect: "manual",
    });
  }

  private saved(told: Told, sent: string): void {
    this.hasPen = true;
    this.field("revision").value = String(told.revision);
    if (this.words !== sent) {
      this.store();
      return this.plan(WAIT_MS);
    }
    drop(this.key);
    const at = this.querySelector("[data-at]");
    if (at) at.textContent = told.at ?? "";
    this.say("saved");
  }

  private refused(status: number, told: Told): void {
    // 409: the server keeps these words apart from now on.
    if (status === 409) drop(this.key);
    this.say(status === 409 ? "" : "kept");
    this.stop(told.words);
  }

  private stop(words = ""): void {
    this.isStopped = true;
    clearTimeout(this.timer);
    const trouble = this.querySelector<HTMLElement>("[data-trouble]");
    if (trouble) trouble.hidden = false;
    const line = this.querySelector("[data-words]");
    if (line) line.textContent = words;
  }

  private say(state: string): void {
    for (const part of this.querySelectorAll<HTMLElement>("[data-state]")) part.hidden = part.dataset["state"] !== state;
  }
}

customElements.define("mg-minutes", MinutesPage);
