/**
 * Puts Django's mark against forged requests on what htmx sends, read from its cookie at that moment.
 *
 * So no page has to carry it, and a page that was open while the person signed in again still works.
 */
import { onHtmx } from "./htmx-events";
import { csrfMark } from "./marks";

const SAFE = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);

onHtmx("config:request", ({ request }) => {
  const mark = csrfMark();
  if (mark && !SAFE.has(request.method.toUpperCase())) request.headers["X-CSRFToken"] = mark;
});
