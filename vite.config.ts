import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vitest/config";

// Stable names: Django's static storage adds the hash to each file's name.
// The targets are the oldest browsers of phones in our schools.
export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [tailwindcss()],
  build: {
    outDir: "frontend/static/frontend",
    emptyOutDir: true,
    target: "es2020",
    cssTarget: ["chrome87", "safari14"],
    assetsInlineLimit: 0,
    modulePreload: false,
    reportCompressedSize: false,
    rollupOptions: {
      checks: { pluginTimings: false },
      input: { app: "frontend/islands/index.ts", style: "frontend/styles/app.css" },
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
});
