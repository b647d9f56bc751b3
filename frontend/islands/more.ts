/**
 * Keeps the keyboard's place when a list grows: the focus goes to the first new row, not back to the top of the page.
 *
 *   <ul><li>…</li><li class="pager"><a hx-get="?after=…" hx-target="closest .pager" hx-swap="outerHTML">Muat lagi</a></li></ul>
 */
import { type Sent, onHtmx } from "./htmx-events";

const before = new WeakMap<Sent["ctx"], Element | null>();

onHtmx("before:swap", (ctx) => {
  const pager = ctx.sourceElement?.closest(".pager");
  if (pager?.contains(document.activeElement)) before.set(ctx, pager.previousElementSibling);
});
onHtmx("after:swap", (ctx) => {
  before.get(ctx)?.nextElementSibling?.querySelector<HTMLElement>("a, button")?.focus();
});
