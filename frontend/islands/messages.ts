/**
 * The page's message line. It stays in view while the page scrolls, so each message can be closed.
 *
 *   <mg-messages id="messages" aria-live="polite"></mg-messages>  <template id="close"><button type="button">…</button></template>
 */
export class Messages extends HTMLElement {
  private readonly watcher = new MutationObserver(() => this.makeClosable());

  connectedCallback(): void {
    this.watcher.observe(this, { childList: true });
    this.makeClosable();
  }

  disconnectedCallback(): void {
    this.watcher.disconnect();
  }

  private makeClosable(): void {
    const close = document.querySelector<HTMLTemplateElement>("template#close");
    for (const message of this.children) {
      if (!close || message.querySelector("button.icon-btn")) continue;
      message.append(close.content.cloneNode(true));
      message.querySelector("button.icon-btn")?.addEventListener("click", () => message.remove());
    }
  }
}

// Two scripts of one page may bring it along.
if (!customElements.get("mg-messages")) customElements.define("mg-messages", Messages);
