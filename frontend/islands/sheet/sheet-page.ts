/**
 * The observation sheet by thumb: one item at a time, kept on the phone at every change, sent by itself.
 *
 *   <mg-sheet session="5" label="Judul sesi" who="Ibu Andi" instrument="3" start="…" end="…" clock="/sessions/5/clock/" fewest="10" made="…">
 *     <form id="sheet"><div data-item="7">…</div> …</form> <section data-last>…</section> <footer>…</footer> and templates
 *   </mg-sheet>
 *
 * Where the browser keeps nothing, and without JavaScript, the form is sent as it is.
 */
import { answersIn, fillIn, isFilled, itemOf, lackOf, partsOf } from "./answers";
import { follow, minuteAt, momentsOf } from "./clock";
import { choose } from "./compare";
import { newUid, timeOf } from "../marks";
import { isPageKept, keepPage } from "./pages";
import { type Phone, phone } from "./phone";
import { photoFile } from "./photo-file";
import { type Content, type Note, type Sheet, changed, hasUnsent, keptMine, newSheet, tookTheirs, triedAgain } from "./record";
import { sheetOnServer } from "./sending";
import { isFull } from "./store";
import { MOST_PHOTOS, Timeline } from "./timeline";
import { piece, stateOf, words } from "./words";

const TICK_MS = 5000;
const TRY_TO_KEEP_MS = 3000;

export class SheetPage extends HTMLElement {
  private phone!: Phone;
  private sheet!: Sheet;
  private timeline!: Timeline;
  private step = 0;
  private isOtherTab = false;
  private isFull = false;
  private isPageMissing = false;
  private isWriting = false;
  private isDirty = false;

  connectedCallback(): void {
    // At once, so that nothing moves when the database has answered.
    this.classList.add("is-steps");
    this.showStep(0, false);
    this.open().catch(() => this.classList.remove("is-steps"));
  }

  private async open(): Promise<void> {
    this.phone = await phone();
    const { store } = this.phone;
    this.timeline = new Timeline(this, {
      bytesOf: async (uid) => (await store.photo(uid))?.bytes,
      putNote: (note) => this.putNote(note),
      dropNote: (uid) => this.dropNote(uid),
      dropPhoto: (uid) => this.dropPhoto(uid),
      isReadOnly: () => this.isReadOnly,
    });
    const about = {
      title: this.getAttribute("label") ?? "",
      who: this.getAttribute("who") ?? "",
      address: location.pathname,
      instrument: Number(this.getAttribute("instrument")) || null,
    };
    const fresh = newSheet(this.session, newUid(), about, Date.now());
    this.take((await store.change(this.session, (kept) => kept ?? fresh).catch(() => undefined)) ?? fresh);
    this.listen();
    this.beTheOne(false);
    this.tick();
    setInterval(() => this.tick(), TICK_MS);
    follow(this, () => this.tick());
    await this.adopt();
    await this.keepPage();
  }

  private get session(): number {
    return Number(this.getAttribute("session"));
  }

  private get form(): HTMLFormElement {
    return this.querySelector<HTMLFormElement>("form#sheet")!;
  }

  private get minute(): number | undefined {
    return minuteAt(Date.now(), momentsOf(this), this.sheet.countsFrom);
  }

  /** Sent, about to be sent, or written in another tab. */
  private get isReadOnly(): boolean {
    const isSent = this.sheet.submittedAt !== undefined && this.sheet.edit <= this.sheet.sentEdit && !this.hasAttribute("correcting");
    return this.isOtherTab || this.sheet.isSubmitting || isSent;
  }

  private find<Kind extends HTMLElement = HTMLElement>(name: string): Kind {
    return this.querySelector<Kind>(`[data-${name}]`)!;
  }

  // --- what the phone keeps

  /** What the server has is newer, and nothing here waits to be sent: show that. */
  private async adopt(): Promise<void> {
    if (!navigator.onLine) return;
    const theirs = await sheetOnServer(this.session);
    if (!theirs) return;
    const adopted = await this.phone.store.change(this.session, (kept) => {
      const isNewer = kept && !hasUnsent(kept) && (theirs.uid !== kept.uid || theirs.revision > kept.base);
      return isNewer ? tookTheirs(kept, theirs) : kept;
    });
    if (adopted) this.take(adopted);
  }

  private async keepPage(): Promise<void> {
    if (!navigator.serviceWorker || !("caches" in window)) return;
    try {
      await keepPage(this.phone.person, this.session, this.getAttribute("made") ?? "");
    } catch {
      // Without signal the page that was kept before is the one that is shown.
    }
    this.isPageMissing = !(await isPageKept(this.phone.person, this.session).catch(() => false));
    this.find("ready").hidden = this.isPageMissing;
    this.showTrouble();
  }

  private take(sheet: Sheet): void {
    const isNew = sheet.edit !== this.sheet?.edit || sheet.uid !== this.sheet?.uid;
    this.sheet = sheet;
    // What is typed and not written yet is newer than what is kept.
    if (isNew && !this.isDirty) fillIn(this.form, sheet.content.answers);
    this.show();
  }

  private async keep(change: (sheet: Sheet) => Sheet): Promise<boolean> {
    try {
      const kept = await this.phone.store.change(this.session, (sheet) => change(sheet ?? this.sheet));
      this.isFull = false;
      if (kept) this.take(kept);
      this.phone.sender.soon();
      return true;
    } catch (error) {
      this.isFull = true;
      this.showTrouble();
      if (!isFull(error)) console.warn(error);
      return false;
    }
  }

  private change(content: (now: Content) => Partial<Content>): Promise<boolean> {
    return this.keep((sheet) => changed(sheet, content(sheet.content), Date.now()));
  }

  /** Write down what stands in the form; what could not be written is tried again until there is room. */
  private async write(): Promise<void> {
    this.isDirty = true;
    if (this.isWriting) return;
    this.isWriting = true;
    try {
      while (this.isDirty) {
        this.isDirty = false;
        const answers = answersIn(this.form);
        if (await this.change(() => ({ answers }))) continue;
        this.isDirty = true;
        await new Promise((later) => setTimeout(later, TRY_TO_KEEP_MS));
      }
    } finally {
      this.isWriting = false;
    }
  }

  private async putNote(note: Note): Promise<void> {
    const put = (notes: Note[]): Note[] => [...notes.filter((each) => each.uid !== note.uid), note];
    await this.change(({ notes }) => ({ notes: put(notes) }));
  }

  private async dropNote(uid: string): Promise<void> {
    await this.change(({ notes, photos }) => ({
      notes: notes.filter((note) => note.uid !== uid),
      photos: photos.map((photo) => (photo.note === uid ? { ...photo, note: null } : photo)),
    }));
  }

  private async dropPhoto(uid: string): Promise<void> {
    if (await this.change(({ photos }) => ({ photos: photos.filter((photo) => photo.uid !== uid) }))) await this.phone.store.dropPhoto(uid);
  }

  // --- what the person does

  private listen(): void {
    this.form.addEventListener("input", () => void this.write());
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.on("back", () => this.showStep(this.step - 1));
    this.on("next", () => this.showStep(this.step + 1));
    this.on("submit", () => void this.submit());
    this.on("edit", () => void this.edit());
    this.on("add-note", () => void this.timeline.openNote(undefined, this.minute));
    this.on("take", () => void this.takeNote());
    this.on("stopwatch", () => void this.count(Date.now()));
    this.on("lesson-clock", () => void this.count(undefined));
    this.find("quick").addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      void this.takeNote();
    });
    this.find("quick").addEventListener("focus", () => (this.find("more").hidden = false));
    for (const button of this.querySelectorAll<HTMLElement>("[data-about]")) {
      button.addEventListener("click", () => this.setAbout(button.ariaPressed === "true" ? "" : (button.dataset["about"] ?? "")));
    }
    this.find("photo").addEventListener("change", (event) => {
      // The page's own shrinking of file fields is not for this one.
      event.stopPropagation();
      void this.takePhoto();
    });
    this.find<HTMLInputElement>("reason").addEventListener("input", (event) => {
      const reason = (event.target as HTMLInputElement).value;
      void this.keep((sheet) => ({ ...sheet, reason }));
    });
    document.addEventListener("mg:sheet", (event) => this.hear((event as CustomEvent<Sheet>).detail));
    document.addEventListener("mg:sending", () => this.show());
    this.phone.store.listen((session) => void this.hearOfOtherTab(session));
    for (const name of ["online", "offline"]) addEventListener(name, () => this.show());
    addEventListener("online", () => void (this.isPageMissing && this.keepPage()));
    addEventListener("beforeunload", (event) => {
      if (this.isFull && this.isDirty) event.preventDefault();
    });
  }

  private on(name: string, press: () => void): void {
    this.find(name).addEventListener("click", press);
  }

  private hear(sheet: Sheet): void {
    if (sheet.session === this.session) this.take(sheet);
  }

  private async hearOfOtherTab(session: number): Promise<void> {
    const sheet = session === this.session ? await this.phone.store.sheet(session) : undefined;
    if (sheet) this.take(sheet);
  }

  private async takeNote(): Promise<string | null> {
    const quick = this.find<HTMLInputElement>("quick");
    const text = quick.value.trim();
    if (!text || this.isReadOnly) return null;
    const part = this.partOfStep;
    const isForItem = this.find<HTMLInputElement>("for-item").checked && part;
    const note: Note = {
      uid: newUid(),
      minute: this.minute ?? 0,
      about: this.querySelector<HTMLElement>("[data-about][aria-pressed=true]")?.dataset["about"] ?? "",
      seat: this.find<HTMLInputElement>("seat").value.trim(),
      item: isForItem ? itemOf(part) : null,
      text,
    };
    if (!(await this.change(({ notes }) => ({ notes: [...notes, note] })))) return null;
    quick.value = this.find<HTMLInputElement>("seat").value = "";
    this.find<HTMLInputElement>("for-item").checked = false;
    this.setAbout("");
    this.find("more").hidden = document.activeElement !== quick;
    return note.uid;
  }

  private setAbout(about: string): void {
    for (const button of this.querySelectorAll<HTMLElement>("[data-about]")) button.ariaPressed = String(button.dataset["about"] === about);
  }

  private async takePhoto(): Promise<void> {
    const field = this.find<HTMLInputElement>("photo");
    const [chosen] = field.files ?? [];
    field.value = "";
    if (!chosen || this.isReadOnly) return;
    if (this.sheet.content.photos.length >= MOST_PHOTOS) return this.say("too-many-photos");
    // The minute at which it was taken, not the one at which consent was ticked.
    const minute = this.minute ?? 0;
    const file = await photoFile(chosen).catch(() => undefined);
    if (!file) return this.say("unreadable");
    if (!(await this.timeline.askConsent(file.bytes))) return;
    const note = await this.takeNote();
    const photo = { uid: newUid(), minute, note, item: this.partOfStep ? itemOf(this.partOfStep) : null };
    const row = { ...photo, size: file.size, sha256: file.sha256, has_consent: true };
    try {
      const kept = { uid: photo.uid, session: this.session, bytes: file.bytes };
      this.take(await this.phone.store.addPhoto(kept, (sheet) => changed(sheet, { photos: [...sheet.content.photos, row] }, Date.now())));
      this.phone.sender.soon();
    } catch {
      this.say("photo-full");
    }
  }

  /** A sentence in the page's message line. */
  private say(name: string): void {
    const line = document.querySelector("#messages");
    if (!line) return;
    const notice = document.createElement("p");
    notice.className = "notice notice-warn";
    notice.setAttribute("role", "alert");
    const text = document.createElement("span");
    text.textContent = words(this, name);
    notice.append(text);
    line.replaceChildren(notice);
  }

  private async count(from: number | undefined): Promise<void> {
    await this.keep((sheet) => {
      const { countsFrom: _gone, ...rest } = sheet;
      return from === undefined ? rest : { ...rest, countsFrom: from };
    });
    this.find<HTMLDetailsElement>("clock-menu").open = false;
    this.tick();
  }

  private async submit(): Promise<void> {
    if (this.lacks().length) {
      this.showLast(true);
      this.find("missing").scrollIntoView({ block: "start" });
      return;
    }
    this.removeAttribute("correcting");
    if (await this.keep((sheet) => ({ ...triedAgain(sheet), isSubmitting: true }))) this.phone.sender.hurry();
  }

  /** Go on writing: take “Kirim” back while it waits, or correct what was sent. */
  private async edit(): Promise<void> {
    if (this.sheet.submittedAt) this.setAttribute("correcting", "");
    await this.keep((sheet) => ({ ...sheet, isSubmitting: false }));
    this.show();
  }

  private lacks(): { part: HTMLElement; lack: string }[] {
    const fewest = Number(this.getAttribute("fewest"));
    const answers = new Map(answersIn(this.form).map((answer) => [answer.item, answer]));
    return partsOf(this.form).flatMap((part) => {
      const lack = lackOf(part, answers.get(itemOf(part))!, fewest);
      return lack ? [{ part, lack }] : [];
    });
  }

  // --- two tabs

  /** One tab writes. Where the browser knows no locks, each write is whole all the same. */
  private beTheOne(steal: boolean): void {
    if (!navigator.locks) return;
    const name = `mgmp-sheet-${this.phone.person}-${this.session}`;
    const held = navigator.locks.request(name, steal ? { steal } : { ifAvailable: true }, (lock) => {
      this.setOtherTab(!lock);
      return lock ? new Promise(() => undefined) : undefined;
    });
    // The lock was taken over by another tab.
    held.catch(() => this.setOtherTab(true));
  }

  private setOtherTab(isOther: boolean): void {
    this.isOtherTab = isOther;
    this.show();
  }

  private async takeOver(): Promise<void> {
    const sheet = await this.phone.store.sheet(this.session);
    if (sheet) this.take(sheet);
    this.beTheOne(true);
  }

  // --- what is shown

  private get parts(): HTMLElement[] {
    return partsOf(this.form);
  }

  private get partOfStep(): HTMLElement | undefined {
    return this.parts[this.step];
  }

  private showStep(step: number, isMove = true): void {
    const { parts } = this;
    this.step = Math.max(0, Math.min(parts.length, step));
    const isLast = this.step === parts.length;
    parts.forEach((part, n) => part.classList.toggle("is-now", n === this.step));
    this.classList.toggle("is-first", this.step === 0);
    this.find("last").hidden = !isLast;
    const where = isLast ? words(this, "last") : words(this, "item", { n: this.step + 1, total: parts.length });
    this.find("where").textContent = where;
    const line = this.find("line");
    line.setAttribute("aria-label", where);
    line.replaceChildren(...Array.from({ length: parts.length + 1 }, () => document.createElement("span")));
    this.find<HTMLButtonElement>("back").disabled = this.step === 0;
    if (this.sheet) this.show();
    if (isMove) scrollTo({ top: 0 });
  }

  private show(): void {
    const { sheet } = this;
    const answers = new Map(answersIn(this.form).map((answer) => [answer.item, answer]));
    this.parts.forEach((part, n) => {
      this.find("line").children[n]!.className = n === this.step ? "now" : isFilled(answers.get(itemOf(part))) ? "on" : "";
    });
    this.find("line").children[this.parts.length]!.className = this.step === this.parts.length ? "now" : sheet.submittedAt ? "on" : "";
    const isSending = this.phone.sender.now === this.session;
    const state = stateOf(sheet, isSending);
    const shown = piece(this, `state-${state.name}`, state.values);
    const status = this.find("status");
    if (status.textContent !== shown.textContent) status.replaceChildren(shown);
    this.timeline.show(sheet);
    this.showLast(false);
    this.showButtons();
    this.showTrouble();
    for (const field of this.form.querySelectorAll<HTMLInputElement>("[data-item] input, [data-item] textarea")) field.disabled = this.isReadOnly;
    this.showErrors();
  }

  private showButtons(): void {
    const isLast = this.step === this.parts.length;
    const { isSubmitting, submittedAt } = this.sheet;
    const canEdit = this.isReadOnly && !this.isOtherTab && (isSubmitting || submittedAt !== undefined);
    this.find("next").hidden = isLast;
    this.find("submit").hidden = !isLast || this.isReadOnly;
    this.find("submit-words").textContent = words(this, submittedAt ? "submit-correction" : "submit");
    this.find("edit").hidden = !isLast || !canEdit;
    this.find("edit-words").textContent = words(this, isSubmitting ? "edit" : "correct");
    this.find("correction").hidden = !submittedAt || this.isReadOnly;
    this.find("add-note").hidden = this.isReadOnly;
    const before = this.querySelector<HTMLElement>("[data-before-sent]");
    if (before) before.hidden = submittedAt !== undefined;
    this.find("bar").hidden = this.minute === undefined || this.isReadOnly;
    if (this.find("bar").hidden) this.find("more").hidden = true;
  }

  private showLast(isAsked: boolean): void {
    const box = this.find("missing");
    const lacks = isAsked || !box.hidden ? this.lacks() : [];
    box.hidden = !lacks.length;
    const lines = lacks.map(({ part, lack }) => {
      const line = piece(this, "missing-line", { text: part.dataset["text"] ?? "", lack: words(this, `lacks-${lack}`) });
      line.querySelector("button")!.addEventListener("click", () => this.showStep(this.parts.indexOf(part)));
      return line;
    });
    this.find("missing-items").replaceChildren(...lines);
  }

  /** What the server said against single fields, beside them. */
  private showErrors(): void {
    for (const old of this.querySelectorAll("[data-told]")) old.remove();
    const { trouble } = this.sheet;
    if (trouble?.kind !== "refused") return;
    for (const [name, sentences] of Object.entries(trouble.fields)) {
      const field = this.form.querySelector(`[name="${CSS.escape(name)}"]`)?.closest(".field");
      if (!field) continue;
      const line = document.createElement("p");
      line.className = "error";
      line.dataset["told"] = "";
      line.textContent = sentences.join(" ");
      field.append(line);
    }
  }

  private showTrouble(): void {
    const box = this.find("trouble");
    const { trouble } = this.sheet;
    const name = this.isFull ? "full" : this.isOtherTab ? "other-tab" : (trouble?.kind ?? (this.isPageMissing && navigator.onLine ? "page" : ""));
    const reason = trouble?.kind === "refused" ? trouble.reason : "";
    if (box.dataset["shown"] === name + reason) return;
    box.dataset["shown"] = name + reason;
    if (!name) return box.replaceChildren();
    box.replaceChildren(piece(this, `trouble-${name}`, { reason }));
    const press = (button: string, act: () => unknown): void => box.querySelector(`[data-${button}]`)?.addEventListener("click", () => void act());
    press("again", async () => {
      await this.keep(triedAgain);
      this.phone.sender.hurry();
    });
    press("compare", () => this.compare());
    press("take-over", () => this.takeOver());
    press("keep-page", () => this.keepPage());
  }

  private async compare(): Promise<void> {
    const { trouble } = this.sheet;
    if (trouble?.kind !== "differs") return;
    const chosen = await choose(this, this.sheet, trouble.theirs);
    if (!chosen) return;
    await this.keep((sheet) => (chosen === "mine" ? keptMine(sheet, trouble.theirs) : tookTheirs(sheet, trouble.theirs)));
    this.phone.sender.hurry();
  }

  private tick(): void {
    const { minute } = this;
    const { countsFrom } = this.sheet;
    const inWords = minute === undefined ? words(this, "no-minute") : words(this, "minute", { minute });
    this.find("minute").textContent = inWords;
    this.find<HTMLInputElement>("quick").placeholder = words(this, "note-now", { minute: minute ?? 0 });
    const time = timeOf(countsFrom ?? momentsOf(this).start);
    const how = countsFrom ? "by-stopwatch" : minute === undefined ? "not-counting" : "by-lesson";
    this.find("counting").textContent = words(this, how, { time });
    this.find("lesson-clock").hidden = countsFrom === undefined;
    this.showButtons();
  }
}

customElements.define("mg-sheet", SheetPage);
