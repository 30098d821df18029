// Bundles the islands. Each entry is one page's script; what they share becomes chunks.
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig } from "vite";

const folder = import.meta.dirname;
const entries = readdirSync(resolve(folder, "src"))
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
  .map((name) => [name.slice(0, -3), resolve(folder, "src", name)]);

export default defineConfig({
  root: folder,
  base: "./",
  publicDir: false,
  build: {
    outDir: resolve(folder, "static/built"),
    emptyOutDir: false,
    manifest: "manifest.json",
    assetsDir: "",
    assetsInlineLimit: 0,
    // The helper would add link elements at run time; the pages name what they need themselves.
    modulePreload: false,
    sourcemap: false,
    target: "es2022",
    rolldownOptions: { input: Object.fromEntries(entries) },
  },
});
