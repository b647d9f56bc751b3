import { expect, test } from "vitest";
import "./messages";

test("a message that comes can be closed", async () => {
  document.body.innerHTML = `<mg-messages></mg-messages><template id="close"><button class="icon-btn">Tutup</button></template>`;
  const line = document.querySelector("mg-messages")!;

  line.innerHTML = `<div class="notice">Belum terkirim</div>`;
  await Promise.resolve();
  line.querySelector("button")!.click();

  expect(line.textContent).toBe("");
});
