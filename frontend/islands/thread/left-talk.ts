/**
 * Shows, on the page of a discussion, what was written without signal to a pair that is no more: it is not sent, but can be copied.
 *
 *   <mg-left-talk hidden thread="12" [pair="5"]><ul data-list></ul> <template data-row><li><p data-text></p> <textarea readonly>
 *     <button type="button" data-drop>…</button></li></template></mg-left-talk>
 *
 * With `pair`, the pair that one sits in now: its room shows what waits there.
 */
import { drop, pairsWaiting, waitingIn } from "../room/outbox";

export class LeftTalk extends HTMLElement {
  connectedCallback(): void {
    const thread = Number(this.getAttribute("thread"));
    const left = pairsWaiting().filter((pair) => pair !== this.getAttribute("pair"));
    const messages = left.flatMap((pair) => waitingIn(pair).map((message) => ({ pair, ...message }))).filter((message) => message.thread === thread);
    const rows = messages.map(({ pair, submission, text }) => {
      const row = this.querySelector<HTMLTemplateElement>("template[data-row]")!.content.firstElementChild!.cloneNode(true) as HTMLElement;
      row.querySelector("[data-text]")!.textContent = text;
      row.querySelector<HTMLTextAreaElement>("textarea")!.value = text;
      row.querySelector("[data-drop]")!.addEventListener("click", () => {
        drop(pair, submission);
        row.remove();
        this.hidden = !this.querySelector("[data-list]")!.childElementCount;
      });
      return row;
    });
    this.querySelector("[data-list]")!.replaceChildren(...rows);
    this.hidden = !rows.length;
  }
}

customElements.define("mg-left-talk", LeftTalk);
