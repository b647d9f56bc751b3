/**
 * Keeps an unfinished form on this device, so that a lost signal in the classroom loses no words.
 *
 *   <mg-draft-keeper key="feedback-12"><form …>… <p data-draft hidden>Tersimpan di HP</p></form></mg-draft-keeper>
 *
 * The form's mark `submission` comes back only with a form that was sent: sent again after a lost answer, it still counts once.
 * With `answered` the form is the server's answer to what was sent: it stays as it came, with the mark that it came with.
 * Words that changed on the server since are not overwritten; where there are none now, nothing is. Without JavaScript, and without a key, the form inside works as it is.
 */
import type { Sent } from "./htmx-events";
import { type Answer, drop, keep, read, settle } from "./drafts";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const NOT_KEPT = new Set(["password", "file", "hidden", "submit", "button"]);

export class DraftKeeper extends HTMLElement {
  private initial = new Map<string, string>();

  connectedCallback(): void {
    if (!this.key) return;
    this.initial = this.values();
    if (this.hasAttribute("answered")) this.takeAnswer();
    else this.restore();
    this.addEventListener("input", () => this.keep());
    this.addEventListener("submit", () => this.markSent());
    this.addEventListener("htmx:after:request", (event) => this.dropIfTaken(event as CustomEvent));
  }

  private get key(): string {
    return this.getAttribute("key") ?? "";
  }

  private get fields(): Field[] {
    const all = this.querySelectorAll<Field>("input[name], textarea[name], select[name]");
    return [...all].filter((field) => field.name === "submission" || !NOT_KEPT.has(field.type));
  }

  private values(): Map<string, string> {
    return new Map(this.fields.map((field) => [nameOf(field), valueOf(field)]));
  }

  private keep(): void {
    const answers: Record<string, Answer> = {};
    for (const [name, is] of this.values()) answers[name] = { was: this.initial.get(name) ?? "", is };
    this.say(keep(this.key, { answers, keptAt: Date.now() }));
  }

  private restore(): void {
    const draft = read(this.key);
    if (!draft) return;
    for (const field of this.fields) {
      const answer = draft.answers[nameOf(field)];
      const now = valueOf(field);
      // A form that was begun elsewhere and shared there has used its mark.
      const isOurs = field.name === "submission" ? draft.sentFrom !== undefined : answer?.was === now || now === "";
      if (answer && isOurs) put(field, answer.is);
      else if (answer && field.name === "submission" && answer.is !== now) this.sayBegunAs(answer.is);
    }
    this.say(true);
  }

  /** The server forgets the draft of the old mark, once these words say all of it. */
  private sayBegunAs(mark: string): void {
    const field = this.querySelector<HTMLInputElement>("input[name=begun_as]");
    if (field) field.value = mark;
  }

  /** What was sent was refused and stands in the form: it is kept from there on, as not sent yet. */
  private takeAnswer(): void {
    const draft = read(this.key);
    if (!draft) return;
    for (const [name, answer] of Object.entries(draft.answers)) this.initial.set(name, answer.was);
    this.keep();
  }

  private markSent(): void {
    const draft = read(this.key);
    if (draft) keep(this.key, { ...draft, sentFrom: location.href.split("#")[0] });
  }

  private dropIfTaken(event: CustomEvent<Sent>): void {
    const status = event.detail.ctx.response?.status ?? 0;
    if (event.target instanceof HTMLFormElement && status >= 200 && status < 400) drop(this.key);
  }

  private say(isKept: boolean): void {
    const line = this.querySelector<HTMLElement>("[data-draft]");
    if (line) line.hidden = !isKept;
  }
}

function isTick(field: Field): field is HTMLInputElement {
  return field.type === "checkbox" || field.type === "radio";
}

/** Ticks and radios share their name with others; each is kept by itself. */
function nameOf(field: Field): string {
  return isTick(field) ? `${field.name}=${field.value}` : field.name;
}

function valueOf(field: Field): string {
  return isTick(field) ? String(field.checked) : field.value;
}

function put(field: Field, value: string): void {
  if (isTick(field)) field.checked = value === "true";
  else field.value = value;
}

const [visit] = performance.getEntriesByType?.("navigation") ?? [];
settle(document.referrer, ((visit as PerformanceNavigationTiming | undefined)?.redirectCount ?? 0) > 0);
customElements.define("mg-draft-keeper", DraftKeeper);
