import { formatMoment } from "@kit/format/time.ts";
import type { Span } from "./language.ts";
import type { RuleWords } from "./words.ts";

function length(count: number, unit: Span["unit"], t: RuleWords): string {
  return unit === "hour" ? t.hours(String(count)) : t.days(String(count));
}

type SpanWords = {
  last: (time: string) => string;
  older: (time: string) => string;
  both: (from: string, to: string) => string;
  since: (moment: string) => string;
  until: (moment: string) => string;
  sinceUntil: (since: string, until: string) => string;
};

function told(span: Span, t: RuleWords, words: SpanWords): string {
  const { last, older, unit, since, until } = span;
  const relative =
    last && older
      ? words.both(length(last, unit, t), length(older, unit, t))
      : last
        ? words.last(length(last, unit, t))
        : older
          ? words.older(length(older, unit, t))
          : "";
  const absolute =
    since && until
      ? words.sinceUntil(formatMoment(since), formatMoment(until))
      : since
        ? words.since(formatMoment(since))
        : until
          ? words.until(formatMoment(until))
          : "";
  return [relative, absolute].filter(Boolean).join(t.friendJoin);
}

/** When something is, behind what it is: 在最近 7 天内. Empty when the span says nothing. */
export function momentOf(span: Span, t: RuleWords): string {
  return told(span, t, {
    last: t.last,
    older: t.older,
    both: t.lastAndOlder,
    since: t.since,
    until: t.until,
    sinceUntil: t.sinceUntil,
  });
}

/** When something was done: 最近 7 天内. Empty when the span says nothing. */
export function periodOf(span: Span | null | undefined, t: RuleWords): string {
  if (!span) return "";
  return told(span, t, {
    last: t.whenLast,
    older: t.whenOlder,
    both: t.whenLastAndOlder,
    since: t.whenSince,
    until: t.whenUntil,
    sinceUntil: t.whenSinceUntil,
  });
}

export function isSpanSet(span: Span | null | undefined): span is Span {
  return !!span && !!(span.last || span.older || span.since || span.until);
}
