/**
 * Keeps the keyboard's place when a list grows: the focus goes to the first new row, not back to the top of the page.
 *
 *   <ul><li>…</li><li class="pager"><a hx-get="?after=…" hx-target="closest .pager" hx-swap="outerHTML">Muat lagi</a></li></ul>
 */
interface Swapped {
  ctx: { sourceElement?: Element };
}

const before = new WeakMap<Element, Element | null>();

document.addEventListener("htmx:before:swap", (event) => {
  const source = (event as CustomEvent<Swapped>).detail.ctx.sourceElement;
  const pager = source?.closest(".pager");
  if (source && pager && document.activeElement === source) before.set(source, pager.previousElementSibling);
});
document.addEventListener("htmx:after:swap", (event) => {
  const source = (event as CustomEvent<Swapped>).detail.ctx.sourceElement;
  const last = source && before.get(source);
  last?.nextElementSibling?.querySelector<HTMLElement>("a, button")?.focus();
});
