import { resolve } from "node:path";

/** The folder that holds package.json. */
export const WEB_ROOT = resolve(import.meta.dirname, "..");

type Backend = { variable: string; fallback: string; paths: string[] };
type Entry = { base: string; backend: Backend };

const SIYU: Backend = {
  variable: "SIYU_DEV_BACKEND",
  fallback: "http://127.0.0.1:8000",
  paths: ["/api", "/files", "/a/", "/l/"],
};
const SANDBOX: Backend = {
  variable: "SIYU_DEV_SANDBOX",
  fallback: "http://127.0.0.1:8100",
  paths: ["/world", "/open"],
};

/** Each page is a Vite root of its own, because each is served below its own base address. */
export const ENTRIES = {
  console: { base: "/console/", backend: SIYU },
  staff: { base: "/staff/", backend: SIYU },
  world: { base: "/", backend: SANDBOX },
} satisfies Record<string, Entry>;

export type EntryName = keyof typeof ENTRIES;

export function isEntryName(value: string): value is EntryName {
  return value in ENTRIES;
}
