/**
 * Keeps the keyboard's place when a list grows: the focus goes to the first new row, not back to the top of the page.
 *
 *   <ul><li>…</li><li class="pager"><a hx-get="?after=…" hx-target="closest .pager" hx-swap="outerHTML">Muat lagi</a></li></ul>
 */
import { onHtmx } from "./htmx-events";

const before = new WeakMap<Element, Element | null>();

onHtmx("before:swap", ({ sourceElement: source }) => {
  const pager = source?.closest(".pager");
  if (source && pager && document.activeElement === source) before.set(source, pager.previousElementSibling);
});
onHtmx("after:swap", ({ sourceElement: source }) => {
  const last = source && before.get(source);
  last?.nextElementSibling?.querySelector<HTMLElement>("a, button")?.focus();
});
