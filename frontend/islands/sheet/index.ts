import "../messages";
import "./kept-sheets";
import "./sheet-page";
import { watchPerson } from "../person";
import { phone } from "./phone";

watchPerson();
// Also on a page without a sheet: something of this person waits to be sent.
phone().catch(() => undefined);
