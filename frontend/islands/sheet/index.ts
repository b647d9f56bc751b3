import "./kept-sheets";
import "./sheet-page";
import { phone } from "./phone";

// Also on a page without a sheet: something of this person waits to be sent.
phone().catch(() => undefined);
