/**
 * The sheets that this phone keeps, each with its state. Those that were sent stay readable.
 *
 *   <mg-kept-sheets><ul data-sheets></ul> <p data-none>…</p> <template data-sheet-row>…</template> and the templates of states</mg-kept-sheets>
 */
import { dropPage } from "./pages";
import { type Phone, phone } from "./phone";
import { type Sheet, hasUnsent, progress, triedAgain } from "./record";
import { piece, stateOf } from "./words";

const KEPT_FOR_MS = 60 * 24 * 3600 * 1000;

export class KeptSheets extends HTMLElement {
  private phone!: Phone;

  connectedCallback(): void {
    this.open().catch(() => undefined);
  }

  private async open(): Promise<void> {
    this.phone = await phone();
    await this.forgetOld();
    await this.show();
    for (const name of ["mg:sheet", "mg:sending"]) document.addEventListener(name, () => void this.show());
    this.phone.store.listen(() => void this.show());
  }

  /** What was sent two months ago makes room. What waits never does. */
  private async forgetOld(): Promise<void> {
    for (const sheet of await this.phone.store.sheets()) {
      if (hasUnsent(sheet) || Date.now() - sheet.changedAt < KEPT_FOR_MS) continue;
      await this.phone.store.drop(sheet.session);
      await dropPage(this.phone.person, sheet.session);
    }
  }

  private async show(): Promise<void> {
    const sheets = (await this.phone.store.sheets()).filter((sheet) => sheet.edit > 0 || sheet.savedAt);
    sheets.sort((one, other) => other.changedAt - one.changedAt);
    this.querySelector("[data-sheets]")!.replaceChildren(...sheets.map((sheet) => this.rowOf(sheet)));
    this.querySelector<HTMLElement>("[data-sheets]")!.hidden = !sheets.length;
    this.querySelector<HTMLElement>("[data-none]")!.hidden = sheets.length > 0;
  }

  private rowOf(sheet: Sheet): HTMLElement {
    const row = piece(this, "sheet-row", { title: sheet.title, who: sheet.who });
    row.querySelector<HTMLAnchorElement>("a")!.href = sheet.address;
    const isSending = this.phone.sender.now === sheet.session;
    const state = stateOf(sheet, isSending);
    row.querySelector("[data-state]")!.replaceChildren(piece(this, `state-${state.name}`, state.values));
    const reason = row.querySelector<HTMLElement>("[data-reason]")!;
    reason.textContent = sheet.trouble?.kind === "refused" ? sheet.trouble.reason : "";
    reason.hidden = !reason.textContent;
    const bar = row.querySelector<HTMLProgressElement>("progress")!;
    const { done, all } = progress(sheet);
    bar.hidden = !isSending || !all;
    bar.max = all || 1;
    bar.value = done;
    const again = row.querySelector<HTMLElement>("[data-again]")!;
    again.hidden = isSending || !hasUnsent(sheet);
    again.addEventListener("click", () => void this.again(sheet));
    return row;
  }

  private async again(sheet: Sheet): Promise<void> {
    await this.phone.store.change(sheet.session, (kept) => kept && triedAgain(kept));
    this.phone.sender.hurry();
  }
}

customElements.define("mg-kept-sheets", KeptSheets);
