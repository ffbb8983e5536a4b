import { type ThemeConfig, theme } from "antd";
import { FONT_STACK, type Mode, TOKENS } from "../theme/tokens.ts";

/** antd dressed in siyu's tokens. */
export function antdTheme(mode: Mode): ThemeConfig {
  const token = TOKENS[mode];
  return {
    algorithm: mode === "dark" ? theme.darkAlgorithm : theme.defaultAlgorithm,
    cssVar: { key: "siyu" },
    hashed: false,
    token: {
      colorPrimary: token.jade,
      colorLink: token.jade,
      colorInfo: token.jade,
      colorSuccess: token.good,
      colorWarning: token.warning,
      colorError: token.attention,
      colorTextBase: token.ink,
      colorText: token.ink,
      colorTextSecondary: token.inkSoft,
      colorTextTertiary: token.inkFaint,
      colorTextDescription: token.inkFaint,
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
      controlHeight: 32,
      wireframe: false,
      motionDurationMid: "0.12s",
      motionDurationSlow: "0.18s",
      boxShadowTertiary: "none",
    },
    components: {
      Button: { primaryShadow: "none", defaultShadow: "none", dangerShadow: "none" },
      Table: {
        fontSize: 13,
        cellPaddingBlock: 10,
        cellPaddingInline: 12,
        headerBg: "transparent",
        headerColor: token.inkFaint,
        headerSplitColor: "transparent",
        rowHoverBg: mode === "light" ? "#F5F6F2" : "#1E2724",
        borderColor: token.lineSoft,
      },
      Form: { itemMarginBottom: 18, verticalLabelPadding: "0 0 6px" },
      Tabs: { horizontalMargin: "0 0 16px 0" },
      Tooltip: { colorBgSpotlight: mode === "light" ? token.ink : token.raised },
      Tag: { defaultBg: token.paper, defaultColor: token.inkSoft },
      Descriptions: { labelBg: "transparent" },
    },
  };
}
