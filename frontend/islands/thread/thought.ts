/**
 * One's own answer to a discussion: kept on this phone at every letter, and sent by itself while there is signal.
 *
 *   <mg-thought key="12" text="…" standing="" seen="…" until="2026-11-26T20:00:00+08:00" at="10.42 WITA" [late]>
 *     <form>… <textarea name="text"> <input type="radio" name="standing"> … <p data-state="kept|saved|signedout|unkept" hidden>
 *     <div data-state="refused" hidden>… data-reason, <textarea readonly>, <button data-drop> …</div>
 *     <template data-conflict>… data-theirs, <button type="button"> …</template></form></mg-thought>
 *   <mg-thought kept hidden><h1 data-title></h1> <p data-ends> <p data-prompt> <p data-problem> <form>…</form></mg-thought>
 *
 * The second is on a page that the phone shows where there is no signal: it is filled from what the first kept. With `late` it is sent by its
 * button alone. What the server has otherwise is shown above, and put together by hand. Without JavaScript the form is sent by its button.
 */
import { remember } from "../person";
import { type Outcome, plain, send } from "./sending";
import { type About, type Answer, type Unsent, about, keepAbout, keepUnsent, person, unsent } from "./store";

const EVERY_MS = 10_000;
const RETRY_MS = 5000;
const LONGEST_MS = 60_000;

export class Thought extends HTMLElement {
  private who = "";
  private thread = 0;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private left = new AbortController();

  connectedCallback(): void {
    this.who = person();
    if (!this.form || !this.who || !this.open()) return;
    this.left = new AbortController();
    const { signal } = this.left;
    this.restore();
    this.form.addEventListener("input", () => this.note(), { signal });
    this.form.addEventListener("submit", (event) => this.submit(event), { signal });
    this.querySelector("[data-drop]")?.addEventListener("click", () => this.dropWords(), { signal });
    addEventListener("online", () => void this.send(), { signal });
    // In a meeting the platform begins the next phase some seconds later: what is written by then still counts.
    for (const name of ["mg:over", "mg:moves-on"]) document.addEventListener(name, () => void this.send(), { signal });
    addEventListener("pagehide", () => void this.send(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden && void this.send(), { signal });
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
    this.left.abort();
  }

  private get form(): HTMLFormElement | null {
    return this.querySelector("form");
  }

  private get field(): HTMLTextAreaElement {
    return this.querySelector<HTMLTextAreaElement>("textarea[name=text]")!;
  }

  private get standing(): string {
    return this.querySelector<HTMLInputElement>("[name=standing]:checked")?.value ?? "";
  }

  private get isLate(): boolean {
    return about(this.who, this.thread)?.isLate ?? false;
  }

  private get isKept(): boolean {
    return this.hasAttribute("kept");
  }

  /** Says whether there is anything to write to: on a kept page, only what was open with signal before. */
  private open(): boolean {
    if (!this.isKept) {
      this.thread = Number(this.getAttribute("key"));
      keepAbout(this.who, this.thread, this.told());
      void keepWorker(this.who);
      return true;
    }
    this.thread = Number(/^\/threads\/(\d+)\/$/.exec(location.pathname)?.[1]);
    const known = about(this.who, this.thread);
    if (!known) return false;
    for (const name of ["title", "ends", "prompt", "problem"] as const) this.write(name, known[name]);
    this.fill(known);
    this.hidden = false;
    document.querySelector<HTMLElement>("[data-none]")?.remove();
    return true;
  }

  private told(): About {
    const words = (name: string): string => document.querySelector(`[data-thread-${name}]`)?.textContent?.trim() ?? "";
    return {
      title: words("title"),
      problem: words("problem"),
      prompt: words("prompt"),
      ends: words("ends"),
      until: Date.parse(this.getAttribute("until") ?? "") || 0,
      text: this.getAttribute("text") ?? "",
      standing: this.getAttribute("standing") ?? "",
      seen: this.getAttribute("seen") ?? "",
      at: this.getAttribute("at") ?? "",
      isLate: this.hasAttribute("late"),
    };
  }

  private write(name: string, words: string): void {
    for (const place of this.querySelectorAll<HTMLElement>(`[data-${name}]`)) {
      place.textContent = words;
      place.hidden = !words;
    }
  }

  private fill({ text, standing }: Answer): void {
    this.field.value = text;
    for (const choice of this.querySelectorAll<HTMLInputElement>("[name=standing]")) choice.checked = choice.value === standing;
  }

  private restore(): void {
    const known = about(this.who, this.thread)!;
    const words = unsent(this.who, this.thread);
    if (!words || isSame(words, known)) {
      keepUnsent(this.who, this.thread, undefined);
      return this.say(known.seen ? "saved" : "");
    }
    if (!this.isKept) keepUnsent(this.who, this.thread, { ...renewed(words, known), isHeld: known.isLate });
    this.fill(words);
    this.show("waiting");
    void this.send();
  }

  /** Says whether the phone has the words now, or the server had them already. */
  private note(isHeld = this.isLate): boolean {
    const known = about(this.who, this.thread);
    const before = unsent(this.who, this.thread);
    const now = { text: this.field.value, standing: this.standing };
    if (known && isSame(now, known) && !before?.sent.length && !before?.other) {
      keepUnsent(this.who, this.thread, undefined);
      this.say(known.seen ? "saved" : "");
      return true;
    }
    const next: Unsent = { seen: known?.seen ?? "", sent: [], title: known?.title ?? "", ...before, ...now, isHeld };
    delete next.refusal;
    const isKept = keepUnsent(this.who, this.thread, next);
    this.show("waiting");
    if (!isKept) this.say("unkept");
    else if (!isHeld) this.plan(EVERY_MS);
    return isKept;
  }

  private submit(event: Event): void {
    // A phone that keeps nothing sends the form as it is, if there is one to answer it.
    if (!this.note(false) && !this.isKept) return;
    event.preventDefault();
    void this.send().then(() => this.querySelector("[data-conflict-shown]")?.scrollIntoView?.({ block: "center" }));
  }

  private plan(wait: number): void {
    this.timer ??= setTimeout(() => void this.send(), wait);
  }

  private async send(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!unsent(this.who, this.thread)) return;
    if (!this.isConnected) return;
    const outcome = await send(this.who, this.thread);
    this.failures = outcome === "waiting" ? this.failures + 1 : 0;
    if (outcome === "waiting") this.plan(Math.min(RETRY_MS * 2 ** (this.failures - 1), LONGEST_MS));
    // Who thinks while others talk may sit in a pair now.
    if (outcome === "sent" && this.isLate) return location.reload();
    this.show(outcome);
  }

  private show(outcome: Outcome): void {
    const words = unsent(this.who, this.thread);
    this.showConflict(words?.other);
    if (!words) return this.say("saved");
    if (words.refusal !== undefined) return this.showRefusal(words);
    // Beside other words it waits to be put together, which the notice says.
    this.say(words.other ? "" : outcome === "signedout" ? "signedout" : "kept");
  }

  private say(state: string): void {
    for (const line of this.querySelectorAll<HTMLElement>("[data-state]")) line.hidden = line.dataset["state"] !== state;
    const at = this.querySelector('[data-state="saved"] [data-at]');
    if (at && state === "saved") at.textContent = about(this.who, this.thread)?.at ?? "";
  }

  private showRefusal(words: Unsent): void {
    this.write("reason", words.refusal ?? "");
    const copy = this.querySelector<HTMLTextAreaElement>('[data-state="refused"] textarea');
    if (copy) copy.value = words.text;
    this.say("refused");
  }

  private showConflict(other: Answer | undefined): void {
    const shown = this.querySelector<HTMLElement>("[data-conflict-shown]");
    if (shown && other && shown.dataset["conflictShown"] === other.seen) return;
    shown?.remove();
    const template = this.querySelector<HTMLTemplateElement>("template[data-conflict]");
    if (!other || !template) return;
    const notice = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
    notice.dataset["conflictShown"] = other.seen;
    notice.querySelector("[data-theirs]")!.textContent = other.text;
    notice.querySelector("button")!.addEventListener("click", () => this.merge(other));
    (this.field.closest(".field") ?? this.field).before(notice);
  }

  private merge(other: Answer): void {
    const words = unsent(this.who, this.thread);
    this.field.value = [other.text, this.field.value].filter(Boolean).join("\n");
    if (words) {
      const { other: _put, ...rest } = words;
      keepUnsent(this.who, this.thread, { ...rest, seen: other.seen });
    }
    this.showConflict(undefined);
    this.field.focus();
    this.note();
  }

  private dropWords(): void {
    keepUnsent(this.who, this.thread, undefined);
    const known = about(this.who, this.thread);
    if (known) this.fill(known);
    this.say(known?.seen ? "saved" : "");
  }
}

/** Words from this phone beside what the server has now: newer ones of its own, or a conflict. The form is here again, so a refusal is over. */
function renewed({ refusal: _over, ...words }: Unsent, known: About): Unsent {
  if (words.seen === known.seen || words.other?.seen === known.seen) return words;
  if (words.sent.some((text) => plain(text) === plain(known.text))) return { ...words, seen: known.seen };
  return { ...words, other: { text: known.text, standing: known.standing, seen: known.seen } };
}

function isSame(one: { text: string; standing: string }, other: { text: string; standing: string }): boolean {
  return plain(one.text) === plain(other.text) && one.standing === other.standing;
}

/** The worker answers with the kept page where there is no signal; it knows from here whose phone it is. */
async function keepWorker(who: string): Promise<void> {
  if (!window.isSecureContext || !("serviceWorker" in navigator)) return;
  await remember(who);
  await navigator.serviceWorker.register("/sw.js").catch(() => undefined);
}

customElements.define("mg-thought", Thought);
