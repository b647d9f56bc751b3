/**
 * Opens a whole page that htmx was led to, instead of putting it into a part of this one.
 *
 * That happens when the person was signed out meanwhile: the answer is the page to sign in. From there she comes back to the page
 * she was on, not to the address of the button.
 */
import { type Sent, onHtmx } from "./htmx-events";

export function destination({ text = "", response }: Pick<Sent["ctx"], "text" | "response">, here: Location): string {
  if (!response?.raw?.redirected || !/^\s*<!doctype/i.test(text)) return "";
  const url = new URL(response.raw.url);
  if (url.searchParams.has("next")) url.searchParams.set("next", here.pathname + here.search);
  return url.href;
}

onHtmx("after:request", (ctx, event) => {
  const url = destination(ctx, location);
  if (!url) return;
  event.preventDefault();
  location.assign(url);
});
