import "../countdown";
import "./kept-thoughts";
import "./left-talk";
import "./phase-clock";
import "./thought";
import { send } from "./sending";
import { forgetOld, person, unsents } from "./store";

/** Also on a page without the form: what this person wrote without signal is sent as soon as there is some. */
function sendKept(): void {
  const who = person();
  if (who && navigator.onLine) for (const thread of unsents(who)) void send(who, thread);
}

forgetOld(person());
addEventListener("online", sendKept);
sendKept();
