import { currentLanguage } from "../i18n/language.ts";
import { defineMessages, textOf } from "../i18n/messages.ts";

import { ENGLISH_PROBLEMS } from "./problemWords.ts";

const words = defineMessages({
  zh: {
    offline: "连不上服务器，请检查网络后重试。",
    unreadable: "服务器的回答无法理解，请稍后重试。",
    generic: (status: number) => `操作没有成功（${status}），请稍后重试。`,
  },
  en: {
    offline: "The server cannot be reached. Check the network and try again.",
    unreadable: "The server's answer could not be read. Try again later.",
    generic: (status: number) => `That did not work (${status}). Try again later.`,
  },
});

export type FieldError = { field: string; message: string };

/** What went wrong, in a sentence the person on screen can act on (RFC 9457 problem details). */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  readonly code: string;
  readonly errors: FieldError[];

  constructor(status: number, code: string, sentence: string, errors: FieldError[] = []) {
    super(sentence);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

/** No answer at all: the cable, the server or the name. */
export function offline(): Problem {
  return new Problem(0, "offline", textOf(words).offline);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The sentence of a code in the language on screen, where that is not the server's. */
function worded(code: unknown): string | undefined {
  return currentLanguage() === "en" ? ENGLISH_PROBLEMS[text(code)] : undefined;
}

function fieldErrors(value: unknown): FieldError[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    if (typeof entry !== "object" || entry === null) return [];
    const { field, code, message } = entry as Record<string, unknown>;
    return [{ field: text(field), message: worded(code) ?? text(message) }];
  });
}

/** Reads a refused answer; a body that is no problem document still becomes a sentence. */
export function problemFrom(status: number, body: unknown): Problem {
  if (typeof body !== "object" || body === null) {
    return new Problem(status, "unknown", textOf(words).generic(status));
  }
  const document = body as Record<string, unknown>;
  const sentence =
    worded(document.code) ||
    text(document.detail) ||
    text(document.title) ||
    textOf(words).generic(status);
  return new Problem(
    status,
    text(document.code) || "unknown",
    sentence,
    fieldErrors(document.errors),
  );
}

/** The sentence for any failure that reached the screen. */
export function sentenceOf(failure: unknown): string {
  return failure instanceof Problem ? failure.message : textOf(words).unreadable;
}
