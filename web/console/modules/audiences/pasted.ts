import type { PeopleNamed } from "@kit/api/types.ts";

/** What the server takes at once, and how long a line of it may be. */
export const MOST_LINES = 5_000;
const LONGEST = 200;

/** Larger files hold more than a column that could be taken. */
export const MOST_BYTES = 10 * 1024 * 1024;

/** A line that somebody pasted, with its number from 1. */
export type Line = { line: number; text: string };

export function linesOf(text: string): Line[] {
  return text
    .split(/\r\n|\n|\r/)
    .map((said, at) => ({ line: at + 1, text: said.trim() }))
    .filter((each) => each.text !== "");
}

/** The lines that are sent; no id is as long as the others, which are found by nobody. */
export function toSend(lines: Line[]): Line[] {
  return lines.filter((each) => !tooLong(each));
}

function tooLong({ text }: Line): boolean {
  return text.length > LONGEST;
}

export type Outcome = Pick<PeopleNamed, "added" | "known"> & { missing: Line[]; ambiguous: Line[] };

/** The server's answer, in the lines as they were pasted. */
export function outcomeOf(lines: Line[], answer: PeopleNamed): Outcome {
  const sent = toSend(lines);
  const pasted = (told: PeopleNamed["missing"]) =>
    told.flatMap((each) => sent[each.line - 1] ?? []);
  return {
    added: answer.added,
    known: answer.known,
    missing: [...pasted(answer.missing), ...lines.filter(tooLong)].sort((a, b) => a.line - b.line),
    ambiguous: pasted(answer.ambiguous),
  };
}

/** The text of a file in one of the encodings spreadsheets write. Throws where it is none. */
export function decoded(bytes: ArrayBuffer): string {
  const [first, second] = new Uint8Array(bytes);
  const wide = first === 0xff && second === 0xfe;
  const encodings = wide ? ["utf-16le"] : ["utf-8", "gb18030"];
  for (const encoding of encodings) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!text.includes("\0")) return text;
    } catch {
      // The next one may fit.
    }
  }
  throw new TypeError("no text");
}

const SEPARATORS = new Set([",", ";", "\t"]);

/** The first cell of each row of a table in text; empty rows keep their place. */
export function firstColumn(text: string): string[] {
  const cells: string[] = [];
  let cell = "";
  let place = 0;
  let quoted = false;
  let begun = false;
  const keep = (letter: string) => {
    if (place === 0) cell += letter;
  };
  const endRow = () => {
    cells.push(plain(cell));
    cell = "";
    place = 0;
    begun = false;
  };
  const all = text.replace(/\r\n?/g, "\n");
  for (let at = 0; at < all.length; at += 1) {
    const letter = all.charAt(at);
    if (quoted) {
      if (letter !== '"') keep(letter);
      else if (all.charAt(at + 1) === '"') {
        keep('"');
        at += 1;
      } else quoted = false;
    } else if (letter === '"' && !begun) {
      quoted = begun = true;
    } else if (letter === "\n") {
      endRow();
    } else if (SEPARATORS.has(letter)) {
      place += 1;
      begun = false;
    } else {
      begun = true;
      keep(letter);
    }
  }
  endRow();
  while (cells.at(-1) === "") cells.pop();
  return cells;
}

/** A cell on one line, without the `="…"` by which numbers are kept as texts. */
function plain(cell: string): string {
  const flat = cell.replace(/\s+/g, " ").trim();
  return /^="(.*)"$/.exec(flat)?.[1] ?? flat;
}
