/**
 * Builds every page into $SIYU_WEB_OUT (default web/dist): console/, staff/, world/, and brings
 * the viewer of the API description along. A page without an index.html is not built.
 */
import { existsSync } from "node:fs";
import { copyFile, mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { build } from "vite";
import { ENTRIES, WEB_ROOT } from "./entries.ts";

const out = resolve(process.env.SIYU_WEB_OUT ?? resolve(WEB_ROOT, "dist"));
await mkdir(out, { recursive: true });

for (const name of Object.keys(ENTRIES)) {
  if (!existsSync(resolve(WEB_ROOT, name, "index.html"))) continue;
  process.env.SIYU_WEB_ENTRY = name;
  console.log(`build ${name}`);
  await build({
    configFile: resolve(WEB_ROOT, "vite.config.ts"),
    logLevel: "warn",
    build: { outDir: resolve(out, name) },
  });
}

await mkdir(resolve(out, "docs"), { recursive: true });
for (const file of ["swagger-ui-bundle.js", "swagger-ui.css"]) {
  await copyFile(
    resolve(WEB_ROOT, "node_modules/swagger-ui-dist", file),
    resolve(out, "docs", file),
  );
}
