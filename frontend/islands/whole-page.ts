/**
 * Opens a whole page that htmx was redirected to, instead of putting it into a part of this one.
 */
import { type Sent, onHtmx } from "./htmx-events";

/** The address of the page, or nothing when the answer is a part. */
export function destination({ text = "", response }: Pick<Sent["ctx"], "text" | "response">): string {
  return response?.raw?.redirected && /^\s*<!doctype/i.test(text) ? response.raw.url : "";
}

onHtmx("after:request", (ctx, event) => {
  const url = destination(ctx);
  if (!url) return;
  event.preventDefault();
  location.assign(url);
});
