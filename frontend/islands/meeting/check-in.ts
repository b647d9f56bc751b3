/**
 * Says that somebody is here, also where there is no signal: the code is kept on the phone with its moment and sent later.
 *
 *   <mg-check-in session="12" label="Judul sesi">
 *     <form data-code><input name="code"> <p data-say hidden></p> <button data-camera hidden>…</button> <video data-view hidden></video></form>
 *     <section data-kept hidden><ul data-scans></ul></section>
 *     <template data-row>…</template> <template data-words-kept>…</template> …
 *   </mg-check-in>
 *
 * With `kept` it stands on the page that the service worker gives without signal: then session and token are in the address.
 * Without JavaScript the form is sent as it is.
 */
import { csrfMark, newUid, timeOf } from "../marks";
import { rememberedPerson } from "../person";
import { type Scan, drop, put, scansOf, tokenIn } from "./scans";

const RETRY_MS = 15_000;
const LOOK_MS = 250;

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
declare global {
  interface Window {
    BarcodeDetector?: new (options: { formats: string[] }) => Detector;
  }
}

export class CheckIn extends HTMLElement {
  private timer: ReturnType<typeof setInterval> | undefined;
  private sending = new Set<string>();
  private waitsForSignIn = new Set<string>();
  private stream: MediaStream | undefined;
  private readonly onOnline = (): void => void this.sendAll();

  connectedCallback(): void {
    if (!this.isKept) void navigator.serviceWorker?.register("/sw.js").catch(() => undefined);
    this.form?.addEventListener("submit", (event) => this.take(event));
    this.readAddress();
    this.offerCamera();
    addEventListener("online", this.onOnline);
    this.timer = setInterval(this.onOnline, RETRY_MS);
    this.show();
    void this.sendAll();
  }

  disconnectedCallback(): void {
    removeEventListener("online", this.onOnline);
    clearInterval(this.timer);
    this.closeCamera();
  }

  private get isKept(): boolean {
    return this.hasAttribute("kept");
  }

  private get person(): string {
    return this.isKept ? rememberedPerson() : (document.body.dataset["person"] ?? "");
  }

  private get form(): HTMLFormElement | null {
    return this.querySelector("[data-code]");
  }

  private get field(): HTMLInputElement | null {
    return (this.form?.elements.namedItem("code") ?? null) as HTMLInputElement | null;
  }

  private get session(): number {
    return Number(this.getAttribute("session") ?? /\/here\/(\d+)\/?$/.exec(location.pathname)?.[1] ?? 0);
  }

  /** On the kept page: a code that the phone's camera opened, or the page of one session. */
  private readAddress(): void {
    if (!this.isKept) return;
    const found = tokenIn(location.pathname);
    if (found && !scansOf(this.person).some((scan) => scan.token === found.token)) this.keep(found);
    if (this.form) this.form.hidden = !this.session;
  }

  private take(event: Event): void {
    const { field } = this;
    const code = field?.value.replace(/\s/g, "") ?? "";
    if (!field || !/^\d{6}$/.test(code) || !this.person) {
      if (this.isKept) event.preventDefault();
      return;
    }
    event.preventDefault();
    this.tell("");
    if (this.keep({ session: this.session, code })) field.value = "";
  }

  private keep(code: { session: number; code?: string; token?: string }): boolean {
    if (!this.person) return this.say("nobody");
    for (const old of scansOf(this.person)) {
      if (old.session === code.session && old.state === "failed") drop(this.person, old.submission);
    }
    const scan: Scan = { ...code, submission: newUid(), title: this.getAttribute("label") ?? "", scannedAt: Date.now(), state: "kept" };
    if (!put(this.person, scan)) return this.say("full");
    this.show();
    void this.send(scan);
    return true;
  }

  private say(words: string): false {
    this.tell(this.words(words));
    return false;
  }

  private tell(text: string): void {
    const line = this.querySelector<HTMLElement>("[data-say]");
    if (!line) return;
    line.textContent = text;
    line.hidden = !text;
  }

  private async sendAll(): Promise<void> {
    for (const scan of scansOf(this.person)) if (scan.state === "kept") await this.send(scan);
  }

  private async send(scan: Scan): Promise<void> {
    const { person } = this;
    if (this.sending.has(scan.submission) || !navigator.onLine) return this.show();
    this.sending.add(scan.submission);
    this.waitsForSignIn.delete(scan.submission);
    this.show();
    try {
      const answer = await fetch(`/api/v1/sessions/${scan.session}/check-in/`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfMark() },
        body: JSON.stringify({
          ...(scan.token ? { token: scan.token } : { code: scan.code }),
          scanned_at: new Date(scan.scannedAt).toISOString(),
          sent_at: new Date().toISOString(),
          submission: scan.submission,
          person: Number(person),
        }),
      });
      if (answer.ok) this.settle(person, { ...scan, state: "sent", sentAt: Date.now() });
      else if (answer.status === 401 || answer.status === 409) this.waitsForSignIn.add(scan.submission);
      else if (answer.status < 500 && answer.status !== 429) {
        this.refuse(person, scan, await reasonIn(answer));
      }
    } catch {
      // No signal after all: it stays on the phone.
    } finally {
      this.sending.delete(scan.submission);
      this.show();
    }
  }

  private settle(person: string, scan: Scan): void {
    put(person, scan);
    // The server's page says it best.
    if (this.form && !this.isKept && scan.session === this.session) location.reload();
  }

  /** A typed code is put right where it was typed; what the camera saw stays in the list with its reason. */
  private refuse(person: string, scan: Scan, reason: string): void {
    const field = this.field;
    if (!field || field.value || !scan.code || scan.session !== this.session || this.form?.hidden) {
      put(person, { ...scan, state: "failed", reason });
      return;
    }
    drop(person, scan.submission);
    field.value = scan.code;
    field.focus();
    field.select();
    this.tell(reason);
  }

  private show(): void {
    const list = this.querySelector("[data-scans]");
    const row = this.querySelector<HTMLTemplateElement>("template[data-row]");
    const scans = scansOf(this.person);
    const section = this.querySelector<HTMLElement>("[data-kept]");
    if (section) section.hidden = !scans.length;
    if (list && row) list.replaceChildren(...scans.map((scan) => this.rowOf(scan, row)));
  }

  private rowOf(scan: Scan, template: HTMLTemplateElement): DocumentFragment {
    const row = template.content.cloneNode(true) as DocumentFragment;
    if (scan.title) row.querySelector("[data-title]")!.textContent = scan.title;
    const isSending = this.sending.has(scan.submission);
    row.querySelector("[data-words]")!.textContent = this.wordsOf(scan, isSending);
    const [again, away] = ["[data-again]", "[data-drop]"].map((name) => row.querySelector<HTMLElement>(name)!);
    again!.hidden = scan.state === "sent" || isSending;
    again!.addEventListener("click", () => {
      const kept: Scan = { ...scan, state: "kept" };
      put(this.person, kept);
      void this.send(kept);
    });
    away!.hidden = scan.state !== "failed";
    away!.addEventListener("click", () => {
      drop(this.person, scan.submission);
      this.show();
    });
    return row;
  }

  private wordsOf(scan: Scan, isSending: boolean): string {
    if (isSending) return this.words("sending");
    if (scan.state === "sent") return this.words("sent", { time: timeOf(scan.sentAt ?? 0) });
    if (scan.state === "failed") return this.words("failed", { reason: scan.reason ?? "" });
    if (this.waitsForSignIn.has(scan.submission)) return this.words("signin");
    return this.words("kept", { time: timeOf(scan.scannedAt) });
  }

  private words(name: string, values: Record<string, string> = {}): string {
    const text = this.querySelector<HTMLTemplateElement>(`template[data-words-${name}]`)?.content.textContent ?? "";
    return text.replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? "").trim();
  }

  // --- the camera, where the phone can read codes itself

  private offerCamera(): void {
    const button = this.querySelector<HTMLElement>("[data-camera]");
    if (!button || !window.BarcodeDetector || !navigator.mediaDevices) return;
    button.hidden = false;
    button.addEventListener("click", () => void this.openCamera());
  }

  private async openCamera(): Promise<void> {
    const view = this.querySelector<HTMLVideoElement>("[data-view]")!;
    this.closeCamera();
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      return;
    }
    view.srcObject = this.stream;
    view.hidden = false;
    await view.play();
    const detector = new window.BarcodeDetector!({ formats: ["qr_code"] });
    while (this.stream) {
      const seen = await detector.detect(view).catch(() => []);
      const found = seen.map((code) => tokenIn(code.rawValue)).find((code) => code);
      if (found) {
        this.closeCamera();
        this.keep(found);
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  private closeCamera(): void {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = undefined;
    const view = this.querySelector<HTMLVideoElement>("[data-view]");
    if (view) view.hidden = true;
  }
}

/** What the server has against it, whichever field it names. */
async function reasonIn(answer: Response): Promise<string> {
  const told: unknown = await answer.json().catch(() => ({}));
  return Object.values(told as Record<string, unknown>).flat().join(" ") || String(answer.status);
}

customElements.define("mg-check-in", CheckIn);
