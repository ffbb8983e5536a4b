import { existsSync } from "node:fs";
import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { ENTRIES, type EntryName, isEntryName, WEB_ROOT } from "./scripts/entries.ts";

/** Which page of the family this run serves or builds; `console` unless said. */
function entryName(): EntryName {
  const wanted = process.env.SIYU_WEB_ENTRY ?? "console";
  if (!isEntryName(wanted)) {
    throw new Error(`SIYU_WEB_ENTRY=${wanted}: expected one of ${Object.keys(ENTRIES).join(", ")}`);
  }
  if (!existsSync(resolve(WEB_ROOT, wanted, "index.html"))) {
    throw new Error(`web/${wanted}/index.html is missing`);
  }
  return wanted;
}

export default defineConfig(({ mode }) => {
  const testing = mode === "test";
  const name = testing ? "console" : entryName();
  const entry = ENTRIES[name];
  const target = process.env[entry.backend.variable] ?? entry.backend.fallback;
  return {
    root: testing ? WEB_ROOT : resolve(WEB_ROOT, name),
    base: entry.base,
    plugins: [react()],
    resolve: {
      alias: Object.fromEntries(
        ["kit", "console", "staff", "world"].map((folder) => [
          `@${folder}`,
          resolve(WEB_ROOT, folder),
        ]),
      ),
    },
    server: {
      port: Number(process.env.SIYU_WEB_PORT ?? 5173),
      strictPort: true,
      allowedHosts: [".localhost"],
      proxy: Object.fromEntries(
        entry.backend.paths.map((path) => [path, { target, ws: true, changeOrigin: false }]),
      ),
    },
    preview: { port: Number(process.env.SIYU_WEB_PORT ?? 4173), strictPort: true },
    build: {
      // WeCom's built-in browsers on older phones are the floor; consoles run on anything newer.
      target: ["es2020", "chrome87", "safari14"],
      emptyOutDir: true,
      assetsInlineLimit: 2048,
      chunkSizeWarningLimit: 1200,
      reportCompressedSize: false,
    },
    test: {
      // A test that needs a document says so on its first line.
      environment: "node",
      isolate: false,
      include: ["**/*.test.{ts,tsx}"],
      exclude: ["**/node_modules/**"],
    },
  };
});
