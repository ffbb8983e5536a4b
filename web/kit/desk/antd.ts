import { type ThemeConfig, theme } from "antd";
import { FONT_STACK, type Mode, TOKENS } from "../theme/tokens.ts";

/** How large things to press are: for a mouse, and for a thumb. */
const HEIGHTS = {
  mouse: { controlHeight: 32, controlHeightSM: 24, controlHeightLG: 40 },
  thumb: { controlHeight: 40, controlHeightSM: 36, controlHeightLG: 44 },
};

type Wishes = { /** No motion. */ still: boolean /** Pressed with thumbs. */; thumbs: boolean };

/** antd dressed in siyu's tokens. */
export function antdTheme(mode: Mode, { still, thumbs }: Wishes): ThemeConfig {
  const token = TOKENS[mode];
  return {
    algorithm: mode === "dark" ? theme.darkAlgorithm : theme.defaultAlgorithm,
    cssVar: { key: "siyu" },
    hashed: false,
    token: {
      colorPrimary: token.jade,
      colorLink: token.jadeInk,
      colorInfo: token.jade,
      colorSuccess: token.good,
      colorWarning: token.warning,
      colorError: token.attention,
      colorPrimaryBg: token.jadeSoft,
      colorSuccessBg: token.goodSoft,
      colorSuccessBorder: token.goodSoft,
      colorInfoBg: token.jadeSoft,
      colorInfoBorder: token.jadeSoft,
      colorWarningBg: token.warningSoft,
      colorWarningBorder: token.warningSoft,
      colorErrorBg: token.attentionSoft,
      colorErrorBorder: token.attentionSoft,
      colorTextBase: token.ink,
      colorText: token.ink,
      colorTextSecondary: token.inkSoft,
      colorTextTertiary: token.inkFaint,
      colorTextDescription: token.inkFaint,
      colorTextPlaceholder: token.inkFaint,
      colorBgBase: token.surface,
      colorBgLayout: token.paper,
      colorBgContainer: token.surface,
      colorBgElevated: token.raised,
      colorBorder: token.line,
      colorBorderSecondary: token.lineSoft,
      fontFamily: FONT_STACK,
      fontSize: 14,
      borderRadius: 6,
      borderRadiusLG: 8,
      ...HEIGHTS[thumbs ? "thumb" : "mouse"],
      wireframe: false,
      motion: !still,
      motionDurationMid: "0.12s",
      motionDurationSlow: "0.18s",
      boxShadowTertiary: "none",
    },
    components: {
      Button: {
        colorPrimary: token.jadeFill,
        primaryColor: token.onJade,
        primaryShadow: "none",
        defaultShadow: "none",
        dangerShadow: "none",
      },
      Table: {
        fontSize: 13,
        cellPaddingBlock: 10,
        cellPaddingInline: 12,
        cellPaddingInlineMD: 12,
        headerBg: "transparent",
        headerColor: token.inkFaint,
        headerSplitColor: "transparent",
        rowHoverBg: mode === "light" ? "#F5F6F2" : "#1E2724",
        rowSelectedHoverBg: token.jadeSoft,
        borderColor: token.lineSoft,
      },
      Dropdown: thumbs ? { paddingBlock: 9 } : {},
      Form: { itemMarginBottom: 18, verticalLabelPadding: "0 0 6px" },
      Tabs: {
        horizontalMargin: "0 0 16px 0",
        itemSelectedColor: token.jadeInk,
        itemHoverColor: token.jadeInk,
      },
      Tooltip: { colorBgSpotlight: mode === "light" ? token.ink : token.raised },
      Segmented: { trackBg: token.line, itemSelectedBg: token.surface },
      Tag: { defaultBg: token.paper, defaultColor: token.inkSoft },
      Descriptions: { labelBg: "transparent" },
    },
  };
}
