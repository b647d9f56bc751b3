/**
 * The notes and photos of a lesson in the order of its minutes, and the dialogs that make, change and drop them.
 */
import { newUid } from "../marks";
import { itemOf, partsOf } from "./answers";
import type { Note, Photo, Sheet } from "./record";
import { piece, words } from "./words";

export const MOST_PHOTOS = 20;
const LAST_MINUTE = 600;

export interface Keeper {
  /** The bytes of a photo, where this phone has them. */
  bytesOf(uid: string): Promise<ArrayBuffer | undefined>;
  putNote(note: Note): Promise<void>;
  dropNote(uid: string): Promise<void>;
  dropPhoto(uid: string): Promise<void>;
  isReadOnly(): boolean;
}

export class Timeline {
  private readonly thumbs = new Map<string, string>();

  constructor(
    private readonly root: HTMLElement,
    private readonly keeper: Keeper,
  ) {
    const items = this.root.querySelector<HTMLSelectElement>("[data-item-field]")!;
    for (const part of partsOf(root)) items.append(new Option(part.dataset["text"], part.dataset["item"]));
  }

  show(sheet: Sheet): void {
    const { notes, photos } = sheet.content;
    const lines = [
      ...notes.map((note) => ({ minute: note.minute, item: note.item, make: () => this.noteLine(note) })),
      ...photos.map((photo) => ({ minute: photo.minute, item: photo.item, make: () => this.photoLine(photo) })),
    ].sort((one, other) => one.minute - other.minute);
    this.root.querySelector("[data-timeline]")!.replaceChildren(...lines.map((line) => line.make()));
    for (const part of partsOf(this.root)) {
      const own = lines.filter((line) => line.item === itemOf(part));
      part.querySelector("[data-attached]")?.replaceChildren(...own.map((line) => line.make()));
    }
    this.root.querySelector<HTMLElement>("[data-no-notes]")!.hidden = lines.length > 0;
  }

  /** Ask for a note, or change one. */
  async openNote(note: Note | undefined, minute: number | undefined): Promise<void> {
    const dialog = this.root.querySelector<HTMLDialogElement>("[data-note-dialog]")!;
    const field = <Kind extends HTMLElement>(name: string): Kind => dialog.querySelector<Kind>(`[data-${name}]`)!;
    field<HTMLTextAreaElement>("text").value = note?.text ?? "";
    field<HTMLInputElement>("minute-field").value = String(note?.minute ?? minute ?? "");
    field<HTMLInputElement>("seat-field").value = note?.seat ?? "";
    field<HTMLSelectElement>("about-field").value = note?.about ?? "";
    field<HTMLSelectElement>("item-field").value = String(note?.item ?? "");
    field("drop-note").hidden = !note;
    const answer = await asked(dialog);
    if (answer === "drop" && note) await this.keeper.dropNote(note.uid);
    const text = field<HTMLTextAreaElement>("text").value.trim();
    if (answer !== "keep" || !text) return;
    await this.keeper.putNote({
      uid: note?.uid ?? newUid(),
      minute: minuteIn(field<HTMLInputElement>("minute-field").value) ?? minute ?? 0,
      about: field<HTMLSelectElement>("about-field").value,
      seat: field<HTMLInputElement>("seat-field").value.trim(),
      item: Number(field<HTMLSelectElement>("item-field").value) || null,
      text,
    });
  }

  /** Show a new photo and ask for consent. Says whether it is to be kept. */
  async askConsent(file: ArrayBuffer): Promise<boolean> {
    const dialog = this.dialogOfPhoto(URL.createObjectURL(new Blob([file], { type: "image/jpeg" })), file.byteLength);
    const consent = dialog.querySelector<HTMLInputElement>("[data-consent]")!;
    const keep = dialog.querySelector<HTMLButtonElement>("[data-keep-photo]")!;
    consent.checked = false;
    keep.disabled = true;
    keep.hidden = dialog.querySelector<HTMLElement>("[data-consent-choice]")!.hidden = false;
    dialog.querySelector<HTMLElement>("[data-drop-photo]")!.hidden = true;
    consent.onchange = () => (keep.disabled = !consent.checked);
    const isKept = (await asked(dialog)) === "keep" && consent.checked;
    consent.checked = false;
    return isKept;
  }

  private async openPhoto(photo: Photo): Promise<void> {
    const address = await this.addressOf(photo);
    const dialog = this.dialogOfPhoto(address ?? "", photo.size);
    dialog.querySelector<HTMLElement>("[data-keep-photo]")!.hidden = true;
    dialog.querySelector<HTMLElement>("[data-consent-choice]")!.hidden = true;
    dialog.querySelector<HTMLElement>("[data-drop-photo]")!.hidden = this.keeper.isReadOnly();
    if ((await asked(dialog)) === "drop") await this.keeper.dropPhoto(photo.uid);
  }

  private dialogOfPhoto(address: string, size: number): HTMLDialogElement {
    const dialog = this.root.querySelector<HTMLDialogElement>("[data-photo-dialog]")!;
    const view = dialog.querySelector<HTMLImageElement>("[data-view]")!;
    view.hidden = !address;
    if (address) view.src = address;
    dialog.querySelector("[data-photo-words]")!.textContent = this.sizeInWords(size);
    return dialog;
  }

  private noteLine(note: Note): HTMLElement {
    const line = piece(this.root, "note-line", { minute: note.minute, text: note.text });
    const about = note.about ? words(this.root, `about-${note.about}`) : "";
    const seat = note.seat ? words(this.root, "seat", { seat: note.seat }) : "";
    line.querySelector("[data-meta]")!.textContent = [about, seat, this.itemInWords(note.item)].filter(Boolean).join(" · ");
    const open = line.querySelector<HTMLButtonElement>("[data-open]")!;
    open.disabled = this.keeper.isReadOnly();
    open.addEventListener("click", () => void this.openNote(note, note.minute));
    return line;
  }

  private photoLine(photo: Photo): HTMLElement {
    const line = piece(this.root, "photo-line", { minute: photo.minute });
    line.querySelector("[data-meta]")!.textContent = [this.sizeInWords(photo.size), this.itemInWords(photo.item)].filter(Boolean).join(" · ");
    line.querySelector("[data-open]")!.addEventListener("click", () => void this.openPhoto(photo));
    void this.addressOf(photo).then((address) => {
      if (!address) return;
      const thumb = new Image(64, 64);
      thumb.alt = "";
      thumb.src = address;
      line.querySelector("[data-thumb]")!.replaceChildren(thumb);
    });
    return line;
  }

  private async addressOf(photo: Photo): Promise<string | undefined> {
    const known = this.thumbs.get(photo.uid);
    if (known) return known;
    const bytes = await this.keeper.bytesOf(photo.uid);
    if (!bytes) return undefined;
    const address = URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" }));
    this.thumbs.set(photo.uid, address);
    return address;
  }

  private sizeInWords(size: number): string {
    return words(this.root, "photo", { size: Math.ceil(size / 1000) });
  }

  private itemInWords(item: number | null): string {
    return (item !== null && partsOf(this.root).find((part) => itemOf(part) === item)?.dataset["text"]) || "";
  }
}

function minuteIn(text: string): number | undefined {
  return /^\d{1,3}$/.test(text.trim()) ? Math.min(LAST_MINUTE, Number(text)) : undefined;
}

/** What the person pressed in a dialog; empty when it was closed. */
export function asked(dialog: HTMLDialogElement): Promise<string> {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((answer) => dialog.addEventListener("close", () => answer(dialog.returnValue), { once: true }));
}
