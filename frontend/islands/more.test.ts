import { expect, test } from "vitest";
import "./more";

test("the focus goes on to the first new row", () => {
  document.body.innerHTML = `<ul><li><a href="#1">Satu</a></li><li class="pager"><a href="?after=x">Muat lagi</a></li></ul>`;
  const source = document.querySelector<HTMLElement>(".pager a")!;
  const ctx = { sourceElement: source };
  const swap = (name: string) => document.dispatchEvent(new CustomEvent(`htmx:${name}:swap`, { detail: { ctx } }));
  source.focus();

  swap("before");
  document.querySelector(".pager")!.outerHTML = `<li><a href="#2">Dua</a></li>`;
  swap("after");

  expect(document.activeElement!.textContent).toBe("Dua");
});
