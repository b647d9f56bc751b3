/**
 * Learns that there is something new in a pair's room: by the event channel where there is one, else by asking. See ADR 0020.
 *
 * Neither tells what is new. The addresses carry a token, so no cookie is sent; who does not sit in the pair any more gets no next one.
 */
const ACTIVE_MS = 1500;
const QUIET_MS = 5000;
const HIDDEN_MS = 30_000;
// With the channel open one still looks now and then: a proxy may keep a connection that says nothing.
const SAFETY_MS = 20_000;
const LONGEST_MS = 16_000;
const RENEW_MS = 540_000;
const PATIENCE_MS = 10_000;
const ACTIVE_FOR_MS = 120_000;

export interface Addresses {
  live: string;
  events: string;
}

export type State = "connected" | "lost" | "signedout" | "ended";

export class Channel {
  private source: EventSource | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isOpen = false;
  private isAsking = false;
  private isStopped = false;
  private failures = 0;
  private renewedAt = Date.now();
  private activeAt = Date.now();
  private readonly onShow = (): void => {
    if (!document.hidden) void this.ask();
  };

  /** `fetchNews` brings the page to the newest version and gives its number; it throws without signal. */
  constructor(
    private at: Addresses,
    private readonly renewal: string,
    private version: number,
    private readonly fetchNews: () => Promise<number>,
    private readonly say: (state: State) => void = () => undefined,
  ) {}

  start(): void {
    document.addEventListener("visibilitychange", this.onShow);
    addEventListener("online", this.onShow);
    this.listen();
    this.plan();
  }

  stop(): void {
    this.isStopped = true;
    document.removeEventListener("visibilitychange", this.onShow);
    removeEventListener("online", this.onShow);
    this.close();
    clearTimeout(this.timer);
  }

  /** Somebody writes or reads here: for two minutes one asks often. */
  touch(): void {
    const wasQuiet = Date.now() - this.activeAt > ACTIVE_FOR_MS;
    this.activeAt = Date.now();
    if (wasQuiet) this.plan();
  }

  /** Fetch what is new now, whatever the channel says: one has just sent something. */
  async refresh(): Promise<void> {
    this.version = await this.fetchNews();
    this.touch();
  }

  private listen(): void {
    if (!this.at.events || typeof EventSource === "undefined") return;
    const source = new EventSource(this.at.events);
    this.source = source;
    source.addEventListener("open", () => this.opened(true));
    source.addEventListener("changed", (event) => void this.changed(Number((event as MessageEvent<string>).data)));
    source.addEventListener("over", () => void this.renew().catch(() => this.plan()));
    source.addEventListener("error", () => this.opened(false));
  }

  private close(): void {
    this.source?.close();
    this.source = undefined;
    this.isOpen = false;
  }

  private opened(isOpen: boolean): void {
    const isNew = this.isOpen !== isOpen;
    this.isOpen = isOpen;
    if (isNew) this.plan();
  }

  private async changed(version: number): Promise<void> {
    if (version === this.version) return;
    try {
      await this.refresh();
      this.say("connected");
    } catch {
      void this.ask();
    }
  }

  private async ask(): Promise<void> {
    if (this.isAsking || this.isStopped) return;
    this.isAsking = true;
    clearTimeout(this.timer);
    try {
      if (Date.now() - this.renewedAt > RENEW_MS) await this.renew();
      if (!this.isStopped) await this.poll();
      this.failures = 0;
      if (!this.isStopped) this.say("connected");
    } catch {
      this.failures += 1;
      this.say("lost");
    }
    this.isAsking = false;
    this.plan();
  }

  private async poll(): Promise<void> {
    const answer = await fetch(`${this.at.live}?v=${this.version}`, { credentials: "omit", cache: "no-store", signal: AbortSignal.timeout?.(PATIENCE_MS) });
    if (answer.status === 403) return this.renew();
    if (answer.status === 204) return;
    if (!answer.ok) throw new Error(String(answer.status));
    await this.refresh();
  }

  /** New addresses, with the person's own session: only here is asked who sits in the pair. */
  private async renew(): Promise<void> {
    const answer = await fetch(this.renewal, { redirect: "manual", cache: "no-store" });
    const isSignedOut = answer.type === "opaqueredirect" || answer.status === 401;
    if (isSignedOut || answer.status === 403 || answer.status === 404) {
      this.stop();
      return this.say(isSignedOut ? "signedout" : "ended");
    }
    if (!answer.ok) throw new Error(String(answer.status));
    this.at = (await answer.json()) as Addresses;
    this.renewedAt = Date.now();
    this.close();
    this.listen();
  }

  private plan(): void {
    clearTimeout(this.timer);
    if (!this.isStopped) this.timer = setTimeout(() => void this.ask(), this.pause());
  }

  private pause(): number {
    if (this.failures) return Math.min(ACTIVE_MS * 2 ** (this.failures - 1), LONGEST_MS);
    if (document.hidden) return HIDDEN_MS;
    if (this.isOpen) return SAFETY_MS;
    return Date.now() - this.activeAt < ACTIVE_FOR_MS ? ACTIVE_MS : QUIET_MS;
  }
}
