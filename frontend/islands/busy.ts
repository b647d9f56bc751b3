/**
 * Answers a press at once: the button of a form on its way is marked busy, and pressing it again sends nothing twice.
 *
 *   <form method="post" …><button type="submit">Simpan</button></form>
 *
 * Works on every form. Buttons are free again when the page comes back from the browser's memory, and after a while: the answer may
 * have been a download, which leaves the page as it is.
 */
const BUSY_MS = 20_000;

function markBusy(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.ariaBusy === "true") {
    event.preventDefault();
    return;
  }
  form.ariaBusy = "true";
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(free, BUSY_MS);
}

function free(): void {
  for (const busy of document.querySelectorAll("form[aria-busy], button[aria-busy]")) busy.removeAttribute("aria-busy");
}

document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) markBusy(event);
});
addEventListener("pageshow", free);
