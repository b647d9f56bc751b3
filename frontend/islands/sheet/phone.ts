/** This person's sheets on this phone, and who sends them: opened once for each page. */
import { rememberedPerson } from "../person";
import { Sender } from "./sending";
import { Store } from "./store";

export interface Phone {
  person: string;
  store: Store;
  sender: Sender;
}

let opened: Promise<Phone> | undefined;

/** Fails where there is nobody, or where the browser keeps nothing; then the page's form is what there is. */
export function phone(): Promise<Phone> {
  opened ??= open();
  return opened;
}

async function open(): Promise<Phone> {
  const person = document.body.dataset["person"] || (document.body.hasAttribute("data-kept") ? rememberedPerson() : "");
  if (!person || !isSecureContext || !("indexedDB" in window)) throw new Error("nothing is kept here");
  const store = await Store.open(person);
  const sender = new Sender(store);
  // Not before the first page has come: the signal is thin.
  setTimeout(() => sender.start(), 0);
  return { person, store, sender };
}
