/**
 * Counts seconds down, beside a ring or as a clock, then asks for what comes next.
 *
 *   <mg-countdown left="23" of="30"><svg><circle data-ring></circle></svg> <b data-left>23</b></mg-countdown>
 *   <mg-countdown left="172" clock><b data-left>2:52</b></mg-countdown>
 *
 * It counts from when it came, so a clock that is wrong does no harm. At nought it lets `mg:over` bubble up.
 */
export class Countdown extends HTMLElement {
  private timer: ReturnType<typeof setInterval> | undefined;

  connectedCallback(): void {
    const from = performance.now();
    const left = Number(this.getAttribute("left"));
    this.timer = setInterval(() => this.show(Math.max(0, left - (performance.now() - from) / 1000)), 250);
  }

  disconnectedCallback(): void {
    clearInterval(this.timer);
  }

  private show(left: number): void {
    const seconds = Math.ceil(left);
    const words = this.hasAttribute("clock") ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` : String(seconds);
    this.querySelector("[data-left]")!.textContent = words;
    this.querySelector("[data-ring]")?.setAttribute("stroke-dasharray", `${left} ${this.getAttribute("of")}`);
    if (left > 0) return;
    clearInterval(this.timer);
    this.dispatchEvent(new CustomEvent("mg:over", { bubbles: true }));
  }
}

customElements.define("mg-countdown", Countdown);
