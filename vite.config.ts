import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vitest/config";

// Both our languages run from left to right. Old browsers do not know the words for it, and get each such rule for either direction.
const SIDES = { start: ["top", "left"], end: ["bottom", "right"] } as const;
type End = keyof typeof SIDES;
const leftToRight = {
  name: "left-to-right",
  enforce: "pre" as const,
  transform: (code: string, id: string) =>
    id.endsWith(".css")
      ? code
          .replace(/border-(start|end)-(start|end)-radius/g, (_, block: End, inline: End) => `border-${SIDES[block][0]}-${SIDES[inline][1]}-radius`)
          .replace(/inset-inline-(start|end)/g, (_, end: End) => SIDES[end][1])
          .replace(/(margin|padding|border)-inline-(start|end)/g, (_, what: string, end: End) => `${what}-${SIDES[end][1]}`)
      : undefined,
};

// Stable names: Django's static storage adds the hash to each file's name.
// The targets are the oldest browsers of phones in our schools.
// Pages of one kind have a script of their own: each folder of islands is a mode, built apart (`--mode sheet`). What two files share is in
// both, about a kilobyte: a shared chunk would be imported by a name without its hash, which the static storage does not rewrite.
export default defineConfig(({ mode }) => ({
  base: "./",
  publicDir: false as const,
  plugins: [tailwindcss(), leftToRight],
  build: {
    outDir: "frontend/static/frontend",
    emptyOutDir: mode === "production",
    target: "es2020",
    cssTarget: ["chrome87", "safari14"],
    assetsInlineLimit: 0,
    modulePreload: false as const,
    reportCompressedSize: false,
    rollupOptions: {
      checks: { pluginTimings: false },
      input: mode === "production" ? { app: "frontend/islands/index.ts", style: "frontend/styles/app.css" } : { [mode]: `frontend/islands/${mode}/index.ts` },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name].js",
        assetFileNames: "app[extname]",
      },
    },
  },
  test: {
    environment: "jsdom",
    include: ["frontend/islands/**/*.test.ts"],
  },
}));
