/**
 * Counts that a post was visited and that it was shared on, and nothing of who it was.
 *
 *   <mg-reach url="/posts/12/reach/"><a data-channel="whatsapp" href="https://wa.me/…">WhatsApp</a> …</mg-reach>
 *
 * What is pressed inside is told by its `data-channel`, or that of what it stands in. A visit counts once for each tab, which alone
 * remembers it. Without JavaScript the links work and nothing is counted.
 */
export class ReachCounter extends HTMLElement {
  connectedCallback(): void {
    this.countVisit();
    this.addEventListener("click", (event) => {
      const pressed = (event.target as Element).closest("a, button");
      const channel = pressed?.closest<HTMLElement>("[data-channel]")?.dataset["channel"];
      if (channel) this.count(channel);
    });
  }

  private get url(): string {
    return this.getAttribute("url") ?? "";
  }

  private countVisit(): void {
    const key = `visited:${this.url}`;
    try {
      if (sessionStorage.getItem(key)) return;
      sessionStorage.setItem(key, "1");
    } catch {
      // A browser that keeps nothing counts each time.
    }
    this.count("visit");
  }

  private count(channel: string): void {
    navigator.sendBeacon?.(this.url, new URLSearchParams({ channel }));
  }
}

customElements.define("mg-reach", ReachCounter);
