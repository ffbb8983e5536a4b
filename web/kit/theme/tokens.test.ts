import { describe, expect, it } from "vitest";
import { TOKENS } from "./tokens.ts";

function channel(hex: string, at: number): number {
  const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function luminance(hex: string): number {
  return 0.2126 * channel(hex, 1) + 0.7152 * channel(hex, 3) + 0.0722 * channel(hex, 5);
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(["light", "dark"] as const)("words in %s", (mode) => {
  const token = TOKENS[mode];
  it.each([
    ["ink on paper", token.ink, token.paper],
    ["soft ink on the surface", token.inkSoft, token.surface],
    ["faint ink on paper", token.inkFaint, token.paper],
    ["a link on paper", token.jadeInk, token.paper],
    ["a link on its soft ground", token.jadeInk, token.jadeSoft],
    ["a main button", token.onJade, token.jadeFill],
    ["good on its ground", token.goodInk, token.goodSoft],
    ["warning on its ground", token.warningInk, token.warningSoft],
    ["attention on its ground", token.attentionInk, token.attentionSoft],
  ])("%s can be read (AA)", (_, words, ground) => {
    expect(contrast(words, ground)).toBeGreaterThanOrEqual(4.5);
  });
});
