// Builds static/frontend/icons.svg: only the icons our templates and views name, from lucide, plus our own glyphs. And copies the mark.
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;
const out = join(here, "static/frontend");
const lucide = join(here, "../node_modules/lucide-static/icons");

// How a name is written: <c-icon name="x">, icon="x" and tail="x" on a component, {% icon "x" %} and {% glyph "x" %}, or icon="x" in Python.
const names = [
  /<c-(?:icon|glyph)\b[^>]*?\bname="([a-z0-9-]+)"/g,
  /\b(?:icon|tail|readers-icon)="([a-z0-9-]+)"/g,
  /{%\s*(?:icon|glyph) "([a-z0-9-]+)"/g,
  /"(skala-[a-z]+)"/g,
];

const sources = readdirSync(here, { recursive: true }).filter((name) => /\.(html|py)$/.test(name) && !name.startsWith("static"));
const used = new Map();
for (const name of sources) {
  const text = readFileSync(join(here, name), "utf8");
  for (const pattern of names) for (const [, icon] of text.matchAll(pattern)) if (!used.has(icon)) used.set(icon, name);
}

const own = new Map();
for (const [symbol, id] of readFileSync(join(here, "styles/glyphs.svg"), "utf8").matchAll(/<symbol id="([^"]+)"[\s\S]*?<\/symbol>/g))
  own.set(id, joined(symbol));

const symbols = [...used.keys()].sort().map((name) => own.get(name) ?? drawn(name));
mkdirSync(out, { recursive: true });
writeFileSync(join(out, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`);
for (const name of ["mark.svg", "preview.png"]) copyFileSync(join(here, "styles", name), join(out, name));

function drawn(name) {
  const file = join(lucide, `${name}.svg`);
  if (!existsSync(file)) throw new Error(`${used.get(name)} names the icon "${name}", which lucide does not have.`);
  const [, body] = readFileSync(file, "utf8").replace(/<!--[\s\S]*?-->/g, "").match(/<svg[\s\S]*?>([\s\S]*)<\/svg>/);
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round">${joined(body)}</symbol>`;
}

function joined(markup) {
  return markup.replace(/\s*\n\s*/g, "");
}
