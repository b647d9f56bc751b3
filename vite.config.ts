import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vitest/config";

// Stable names: Django's static storage adds the hash to each file's name.
// The targets are the oldest browsers of phones in our schools.
// The pages of observation sheets have a script of their own, built apart (`--mode sheet`): then no file imports another.
export default defineConfig(({ mode }) => ({
  base: "./",
  publicDir: false as const,
  plugins: [tailwindcss()],
  build: {
    outDir: "frontend/static/frontend",
    emptyOutDir: mode !== "sheet",
    target: "es2020",
    cssTarget: ["chrome87", "safari14"],
    assetsInlineLimit: 0,
    modulePreload: false as const,
    reportCompressedSize: false,
    rollupOptions: {
      checks: { pluginTimings: false },
      input: mode === "sheet" ? { sheet: "frontend/islands/sheet/index.ts" } : { app: "frontend/islands/index.ts", style: "frontend/styles/app.css" },
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
