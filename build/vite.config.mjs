// Builds the page of the application: `vite build -c build/vite.config.mjs`.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const root = new URL("../renderer", import.meta.url).pathname;

export default defineConfig({
  root,
  base: "./",
  plugins: [react()],
  build: {
    outDir: new URL("../dist/renderer", import.meta.url).pathname,
    emptyOutDir: true,
    target: "es2023",
    chunkSizeWarningLimit: 4000,
    rolldownOptions: { external: ["/shell.js"] },
  },
  worker: { format: "es" },
});
