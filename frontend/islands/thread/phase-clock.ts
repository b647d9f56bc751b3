/**
 * Keeps the page of a discussion in a meeting in its phase: the clock on it is right when time is added, and at its end the page moves on.
 *
 *   <mg-phase-clock url="/threads/12/clock/" page="/threads/12/" phase="think">
 *     <mg-countdown left="172" clock><b data-left>2:52</b></mg-countdown> <p data-over hidden>…</p>
 *     <p data-next hidden><a href="/threads/12/">…</a></p></mg-phase-clock>
 *
 * It asks every fifteen seconds, and every three once the time is over, until the platform has begun the next phase. What is written on the
 * page is kept on the phone; only a chosen file would be lost, so then the page does not go by itself. Without JavaScript the hour stands there.
 */
const EVERY_MS = 15_000;
const OVER_MS = 3000;
const JITTER_MS = 500;
const DIFFERENCE_S = 3;

interface News {
  phase: string;
  /** Seconds until the phase ends; nothing where it ends when somebody says so. */
  left: number | null;
}

export class PhaseClock extends HTMLElement {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private endsAt = 0;
  private isOver = false;
  private hasMovedOn = false;
  private readonly onOver = (): void => this.over();
  private readonly onShow = (): void => {
    if (!document.hidden) void this.ask();
  };

  connectedCallback(): void {
    this.endsAt = performance.now() + Number(this.countdown?.getAttribute("left")) * 1000;
    this.addEventListener("mg:over", this.onOver);
    document.addEventListener("visibilitychange", this.onShow);
    addEventListener("online", this.onShow);
    this.plan();
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
    this.removeEventListener("mg:over", this.onOver);
    document.removeEventListener("visibilitychange", this.onShow);
    removeEventListener("online", this.onShow);
  }

  private get countdown(): HTMLElement | null {
    return this.querySelector<HTMLElement>("mg-countdown");
  }

  private plan(): void {
    clearTimeout(this.timer);
    if (this.hasMovedOn) return;
    this.timer = setTimeout(() => void this.ask(), (this.isOver ? OVER_MS : EVERY_MS) + Math.random() * JITTER_MS);
  }

  private over(): void {
    this.isOver = true;
    this.show("[data-over]", true);
    this.plan();
  }

  private async ask(): Promise<void> {
    if (!document.hidden && !this.hasMovedOn) {
      try {
        const answer = await fetch(this.getAttribute("url") ?? "", { redirect: "manual", cache: "no-store" });
        if (answer.ok) this.take((await answer.json()) as News);
      } catch {
        // Without signal the clock runs on; the next question is soon.
      }
    }
    if (this.isConnected) this.plan();
  }

  private take({ phase, left }: News): void {
    if (phase !== this.getAttribute("phase")) return this.moveOn();
    const endsAt = performance.now() + (left ?? 0) * 1000;
    if (left === null || left <= 0 || Math.abs(endsAt - this.endsAt) < DIFFERENCE_S * 1000) return;
    this.endsAt = endsAt;
    this.isOver = false;
    this.show("[data-over]", false);
    const old = this.countdown;
    if (!old) return;
    const renewed = old.cloneNode(true) as HTMLElement;
    renewed.setAttribute("left", String(left));
    old.replaceWith(renewed);
  }

  private moveOn(): void {
    this.hasMovedOn = true;
    this.dispatchEvent(new CustomEvent("mg:moves-on", { bubbles: true }));
    const hasFile = [...document.querySelectorAll<HTMLInputElement>("input[type=file]")].some((field) => field.files?.length);
    if (!hasFile) return location.assign(this.getAttribute("page") ?? location.pathname);
    this.show("[data-over]", false);
    this.show("[data-next]", true);
  }

  private show(name: string, isShown: boolean): void {
    const part = this.querySelector<HTMLElement>(name);
    if (part) part.hidden = !isShown;
  }
}

customElements.define("mg-phase-clock", PhaseClock);
