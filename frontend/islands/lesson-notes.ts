/**
 * Stamps notes with the minute of the lesson while it lasts, also where there is no signal.
 *
 *   <mg-lesson-notes start="2026-11-26T09:00+08:00" end="2026-11-26T10:20+08:00" clock="/sessions/5/clock/">
 *     <p data-clock hidden>… <span data-minute>Menit 0</span></p>
 *     <ol data-notes><li><input name="minute-0"> <input name="note-0"></li> …</ol>
 *     <div data-bar hidden><input data-quick> <button data-take>Catat</button></div>
 *   </mg-lesson-notes>
 *
 * The lesson clock may be started or corrected while the sheet is open: its address is asked for start and end now and then.
 * “Catat” puts the note into the next empty row with its minute; the form carries it later. Without JavaScript, and when the rows are full,
 * the button sends the form, and the server stamps the note.
 */
const TICK_MS = 10_000;
const ASK_EVERY_MS = 20_000;

export class LessonNotes extends HTMLElement {
  private timer: ReturnType<typeof setInterval> | undefined;
  private asker: ReturnType<typeof setInterval> | undefined;

  connectedCallback(): void {
    this.timer = setInterval(() => this.tick(), TICK_MS);
    this.asker = setInterval(() => void this.ask(), ASK_EVERY_MS);
    this.tick();
    this.querySelector("[data-take]")?.addEventListener("click", (event) => this.take(event));
    this.querySelector("[data-quick]")?.addEventListener("keydown", (event) => {
      if ((event as KeyboardEvent).key === "Enter") this.take(event);
    });
    this.querySelector("[data-notes]")?.addEventListener("input", (event) => this.stamp(event.target as HTMLInputElement));
  }

  disconnectedCallback(): void {
    clearInterval(this.timer);
    clearInterval(this.asker);
  }

  /** Where there is no signal, the clock goes on by what was known last. */
  private async ask(): Promise<void> {
    const address = this.getAttribute("clock");
    if (!address || document.hidden) return;
    try {
      const answer = await fetch(address, { redirect: "manual", cache: "no-store" });
      if (!answer.ok) return;
      const moments = (await answer.json()) as Record<string, string>;
      for (const name of ["start", "end"]) if (moments[name]) this.setAttribute(name, moments[name]);
      this.tick();
    } catch {
      return;
    }
  }

  /** The minute of the lesson, counted from its start; undefined before and after it. */
  private get minute(): number | undefined {
    const start = Date.parse(this.getAttribute("start") ?? "");
    const end = Date.parse(this.getAttribute("end") ?? "");
    const now = Date.now();
    return now >= start && now <= end ? Math.floor((now - start) / 60_000) : undefined;
  }

  private tick(): void {
    const minute = this.minute;
    for (const part of this.querySelectorAll<HTMLElement>("[data-clock], [data-bar]")) part.hidden = minute === undefined;
    const words = this.querySelector("[data-minute]");
    if (words && minute !== undefined) words.textContent = words.textContent!.replace(/\d+/, String(minute));
  }

  private take(event: Event): void {
    const quick = this.querySelector<HTMLInputElement>("[data-quick]");
    const row = this.emptyRow();
    if (!quick?.value.trim() || !row) {
      if (!quick?.value.trim()) event.preventDefault();
      return;
    }
    event.preventDefault();
    row.note.value = quick.value;
    row.minute.value = String(this.minute ?? "");
    quick.value = "";
    row.note.dispatchEvent(new Event("input", { bubbles: true }));
    quick.focus();
  }

  private emptyRow(): { minute: HTMLInputElement; note: HTMLInputElement } | undefined {
    return [...this.querySelectorAll<HTMLElement>("[data-notes] > li")].map(fieldsOf).find((row) => !row.note.value && !row.minute.value);
  }

  /** A note that is begun by hand gets its minute too, unless it has one. */
  private stamp(field: HTMLInputElement): void {
    const row = field.closest("li");
    if (!row || !field.name.startsWith("note-") || !field.value || this.minute === undefined) return;
    const { minute } = fieldsOf(row);
    if (!minute.value) minute.value = String(this.minute);
  }
}

function fieldsOf(row: HTMLElement): { minute: HTMLInputElement; note: HTMLInputElement } {
  return { minute: row.querySelector('[name^="minute-"]')!, note: row.querySelector('[name^="note-"]')! };
}

customElements.define("mg-lesson-notes", LessonNotes);
