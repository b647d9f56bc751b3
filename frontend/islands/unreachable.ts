/**
 * Says in the page's message line when htmx got no answer, or one that is not for the page.
 *
 *   <mg-messages id="messages" aria-live="polite"></mg-messages>
 *   <template id="unreachable">no signal …</template> <template id="broken">our fault …</template>
 *
 * A refusal brings its own words and its place (HX-Retarget); a form to mend (422) goes where it came from.
 */
import { onHtmx } from "./htmx-events";

const UNPROCESSABLE = 422;

function tell(words: "unreachable" | "broken"): void {
  const template = document.querySelector<HTMLTemplateElement>(`template#${words}`);
  if (template) document.querySelector("#messages")?.replaceChildren(template.content.cloneNode(true));
}

onHtmx("error", () => tell("unreachable"));
onHtmx("response:error", (ctx) => {
  if (ctx.response?.status === UNPROCESSABLE || ctx.hx?.retarget) return;
  ctx.swap = "none";
  tell("broken");
});
