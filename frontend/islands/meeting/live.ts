/**
 * Keeps a session's live page new without a reload: asks every two seconds whether something changed.
 *
 *   <mg-live url="/live/…/" renew="/sessions/5/live/ticket/" version="17" now="2026-11-26T09:12:00+08:00" until="…">
 *     <span data-state="connected" hidden>Tersambung <span data-at></span></span> <span data-state="lost" hidden>…</span> …
 *   </mg-live>
 *   <div data-part="clock">…</div>  anywhere on the page: filled anew when the server has it otherwise
 *
 * The address carries a token, so no cookie is sent and nobody's session is looked up. It is renewed every four minutes; who may not read
 * the session any more is told so. A tab that nobody looks at asks seldom, and so does one whose session is long over; a server that does
 * not answer is asked less and less often. See ADR 0009. Without JavaScript the page is as it was made.
 */
const EVERY_MS = 2000;
const JITTER_MS = 300;
const SELDOM_MS = 30_000;
const LONGEST_MS = 16_000;
const RENEW_MS = 240_000;
const PATIENCE_MS = 10_000;
const LONG_OVER_MS = 3_600_000;

interface News {
  version: number;
  parts: Record<string, string>;
}

export class Live extends HTMLElement {
  private url = "";
  private version = "";
  private failures = 0;
  private behind = 0;
  private renewedAt = 0;
  private isAsking = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private ticker: ReturnType<typeof setInterval> | undefined;
  private readonly onShow = (): void => {
    if (!document.hidden) this.ask();
  };

  connectedCallback(): void {
    this.url = this.getAttribute("url") ?? "";
    this.version = this.getAttribute("version") ?? "";
    this.behind = (Date.parse(this.getAttribute("now") ?? "") || Date.now()) - Date.now();
    this.renewedAt = Date.now();
    document.addEventListener("visibilitychange", this.onShow);
    addEventListener("online", this.onShow);
    this.ticker = setInterval(() => this.tick(), 1000);
    this.tick();
    this.ask();
  }

  disconnectedCallback(): void {
    document.removeEventListener("visibilitychange", this.onShow);
    removeEventListener("online", this.onShow);
    clearInterval(this.ticker);
    clearTimeout(this.timer);
  }

  private async ask(): Promise<void> {
    if (this.isAsking || !this.url) return;
    this.isAsking = true;
    clearTimeout(this.timer);
    try {
      if (Date.now() - this.renewedAt > RENEW_MS) await this.renew();
      if (this.url) await this.poll();
      this.failures = 0;
      this.say(this.url ? "connected" : "ended");
    } catch {
      this.failures += 1;
      this.say("lost");
    }
    this.isAsking = false;
    if (this.url) this.timer = setTimeout(() => void this.ask(), this.pause());
  }

  private async poll(): Promise<void> {
    const answer = await fetch(`${this.url}?v=${this.version}`, { credentials: "omit", cache: "no-store", signal: AbortSignal.timeout?.(PATIENCE_MS) });
    const date = Date.parse(answer.headers.get("Date") ?? "");
    if (date && Math.abs(date - this.now()) > 2000) this.behind = date - Date.now();
    if (answer.status === 403) return this.renew();
    if (answer.status === 404) return void (this.url = "");
    if (answer.status === 204) return;
    if (!answer.ok) throw new Error(String(answer.status));
    this.show((await answer.json()) as News);
  }

  /** A new token, with the person's own session: only here is asked who may read this still. */
  private async renew(): Promise<void> {
    const answer = await fetch(this.getAttribute("renew") ?? "", { redirect: "manual", cache: "no-store" });
    const isRefused = answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status);
    if (!isRefused && !answer.ok) throw new Error(String(answer.status));
    this.url = isRefused ? "" : ((await answer.json()) as { url: string }).url;
    this.renewedAt = Date.now();
  }

  private show(news: News): void {
    this.version = String(news.version);
    for (const part of document.querySelectorAll<HTMLElement>("[data-part]")) {
      const html = news.parts[part.dataset["part"] ?? ""];
      if (html !== undefined) part.innerHTML = html;
    }
    this.tick();
  }

  private pause(): number {
    if (this.failures) return Math.min(EVERY_MS * 2 ** (this.failures - 1), LONGEST_MS) + Math.random() * JITTER_MS;
    const isLongOver = this.now() > Date.parse(this.getAttribute("until") ?? "") + LONG_OVER_MS;
    return document.hidden || isLongOver ? SELDOM_MS : EVERY_MS + Math.random() * JITTER_MS;
  }

  /** The server's time: phones are often minutes off. */
  private now(): number {
    return Date.now() + this.behind;
  }

  private tick(): void {
    const now = this.now();
    const clock = document.querySelector<HTMLElement>("[data-clock]");
    const runs = clock?.dataset["clock"] === "runs";
    const minute = clock?.querySelector("[data-minute]");
    if (minute && runs) {
      const passed = Math.floor((now - Date.parse(clock?.dataset["start"] ?? "")) / 60_000);
      const words = now <= Date.parse(clock?.dataset["end"] ?? "") && passed >= 0 ? String(passed) : "–";
      if (minute.textContent !== words) minute.textContent = words;
    }
    for (const part of document.querySelectorAll<HTMLElement>(".when-waiting")) part.hidden = runs;
    for (const part of document.querySelectorAll<HTMLElement>(".when-running")) part.hidden = !runs;
    for (const turn of document.querySelectorAll<HTMLElement>("[data-from]")) {
      const isNow = Date.parse(turn.dataset["from"] ?? "") <= now && now < Date.parse(turn.dataset["to"] ?? "");
      if (isNow) turn.setAttribute("aria-current", "step");
      else turn.removeAttribute("aria-current");
    }
  }

  private say(state: string): void {
    for (const words of this.querySelectorAll<HTMLElement>("[data-state]")) words.hidden = words.dataset["state"] !== state;
    const at = this.querySelector("[data-at]");
    if (at && state === "connected") at.textContent = new Date(this.now()).toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" });
  }
}

customElements.define("mg-live", Live);
