/**
 * Opens the phone's own share sheet.
 *
 *   <mg-share text="Sesi Kamis …" url="https://…"><a href="https://wa.me/?text=…">Bagikan</a></mg-share>
 *
 * Where the browser has none, and without JavaScript, the link opens WhatsApp. A `data-channel`, by which `mg-reach` counts,
 * is written as “whatsapp” and becomes “device” where there is a share sheet.
 */
export class Share extends HTMLElement {
  connectedCallback(): void {
    if ("share" in navigator && this.dataset["channel"]) this.dataset["channel"] = "device";
    this.addEventListener("click", (event) => this.share(event));
  }

  private share(event: Event): void {
    if (!("share" in navigator)) return;
    event.preventDefault();
    const text = this.getAttribute("text") ?? "";
    // Who closes the sheet without choosing has not met an error.
    navigator.share({ text }).catch(() => undefined);
  }
}

customElements.define("mg-share", Share);
