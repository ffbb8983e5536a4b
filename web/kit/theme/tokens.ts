/** The look of siyu in one place: a quiet pond. Ink on warm paper, jade for what can be acted on,
 * vermilion only for what needs a person now. Pages read these as CSS variables. */

export type Mode = "light" | "dark";

/** `…Soft` is a ground; `…Ink` is the same colour for words, dark enough to read (AA). */
export type Tokens = {
  jade: string;
  jadeFill: string;
  onJade: string;
  jadeInk: string;
  jadeSoft: string;
  ink: string;
  inkSoft: string;
  inkFaint: string;
  paper: string;
  surface: string;
  raised: string;
  line: string;
  lineSoft: string;
  attention: string;
  attentionSoft: string;
  attentionInk: string;
  warning: string;
  warningSoft: string;
  warningInk: string;
  good: string;
  goodSoft: string;
  goodInk: string;
};

export const TOKENS: Record<Mode, Tokens> = {
  light: {
    jade: "#0E8F7E",
    jadeFill: "#0D8575",
    onJade: "#FFFFFF",
    jadeInk: "#0A7566",
    jadeSoft: "#E3F1EE",
    ink: "#17211F",
    inkSoft: "#55605D",
    inkFaint: "#697471",
    paper: "#FAFAF7",
    surface: "#FFFFFF",
    raised: "#FFFFFF",
    line: "#E6E8E3",
    lineSoft: "#EFF0EC",
    attention: "#D9482B",
    attentionSoft: "#FBEBE7",
    attentionInk: "#B23A20",
    warning: "#C98A12",
    warningSoft: "#FAF1DE",
    warningInk: "#85590A",
    good: "#3C9A5F",
    goodSoft: "#E6F3EA",
    goodInk: "#27703F",
  },
  dark: {
    jade: "#3BC4AE",
    jadeFill: "#3BC4AE",
    onJade: "#0B1512",
    jadeInk: "#3BC4AE",
    jadeSoft: "#17332E",
    ink: "#E9EFEC",
    inkSoft: "#A9B4B0",
    inkFaint: "#8B9793",
    paper: "#111715",
    surface: "#18201D",
    raised: "#1F2926",
    line: "#2A3330",
    lineSoft: "#222B28",
    attention: "#EE6F54",
    attentionSoft: "#3A221C",
    attentionInk: "#F28A73",
    warning: "#E0A941",
    warningSoft: "#352B17",
    warningInk: "#E0A941",
    good: "#5DBB80",
    goodSoft: "#1B3024",
    goodInk: "#6CC78D",
  },
};

/** Colour-blind safe, used in this order. */
export const CHART_SERIES = [
  "#0E8F7E",
  "#E0A12B",
  "#4C6FBF",
  "#D9694A",
  "#7A5BA6",
  "#6B8E23",
  "#3A9BC1",
  "#9A6B4F",
];

export const FONT_STACK =
  'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

/** `jadeSoft` becomes `--jade-soft`. */
function variableName(token: string): string {
  return `--${token.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Writes the tokens of a mode onto an element as CSS variables and tells the browser the scheme. */
export function applyTokens(element: HTMLElement, mode: Mode): void {
  for (const [token, value] of Object.entries(TOKENS[mode])) {
    element.style.setProperty(variableName(token), value);
  }
  element.style.setProperty("--font", FONT_STACK);
  element.style.colorScheme = mode;
  element.dataset.mode = mode;
}
