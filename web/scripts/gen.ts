/**
 * Writes kit/api/schema.gen.ts from openapi.json. With --check it writes nothing and fails when
 * the file on disk is not what openapi.json gives.
 */
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";
import { WEB_ROOT } from "./entries.ts";

const source = resolve(WEB_ROOT, "openapi.json");
const target = resolve(WEB_ROOT, "kit/api/schema.gen.ts");
const header = "// Generated from web/openapi.json by `npm run gen`. Do not edit.\n\n";

const wanted =
  header +
  astToString(
    await openapiTS(pathToFileURL(source), { alphabetize: true, defaultNonNullable: false }),
  );
if (process.argv.includes("--check")) {
  const found = existsSync(target) ? await readFile(target, "utf8") : "";
  if (found !== wanted) {
    console.error("kit/api/schema.gen.ts is stale: run `npm run gen`");
    process.exit(1);
  }
} else {
  await writeFile(target, wanted);
}
