/**
 * Says in the page's message line when htmx got no answer, or one that tells of a broken server.
 *
 *   <div id="messages" aria-live="polite"></div>  <template id="unreachable">…</template>
 */
interface Sent {
  ctx?: { response?: { status: number } };
}

function tell(): void {
  const words = document.querySelector<HTMLTemplateElement>("#unreachable");
  if (words) document.querySelector("#messages")?.replaceChildren(words.content.cloneNode(true));
}

document.addEventListener("htmx:error", (event) => {
  if ((event as CustomEvent<Sent>).detail.ctx) tell();
});
document.addEventListener("htmx:response:error", (event) => {
  if (((event as CustomEvent<Sent>).detail.ctx?.response?.status ?? 0) >= 500) tell();
});
