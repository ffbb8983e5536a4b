import { BarChart, LineChart } from "echarts/charts";
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
} from "echarts/components";
import { type EChartsCoreOption, init, use as registerParts } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { useStillness } from "../theme/media.ts";
import { useMode } from "../theme/mode.ts";
import { CHART_SERIES, FONT_STACK, TOKENS, type Tokens } from "../theme/tokens.ts";

registerParts([
  AriaComponent,
  BarChart,
  CanvasRenderer,
  GridComponent,
  LegendComponent,
  LineChart,
  TooltipComponent,
]);

/** Axes, grid, legend and tooltip as every chart of siyu has them. */
function frame(token: Tokens): EChartsCoreOption {
  return {
    color: CHART_SERIES,
    animationDuration: 180,
    aria: { enabled: true },
    textStyle: { fontFamily: FONT_STACK, color: token.inkSoft },
    grid: { left: 8, right: 12, top: 36, bottom: 4, containLabel: true },
    legend: {
      top: 0,
      left: 0,
      icon: "roundRect",
      itemWidth: 10,
      itemHeight: 10,
      textStyle: { color: token.inkSoft },
    },
    tooltip: {
      trigger: "axis",
      backgroundColor: token.raised,
      borderColor: token.line,
      textStyle: { color: token.ink, fontSize: 13 },
    },
  };
}

function axis(token: Tokens): EChartsCoreOption {
  return {
    axisLine: { lineStyle: { color: token.line } },
    axisTick: { show: false },
    axisLabel: { color: token.inkFaint, fontSize: 12 },
    splitLine: { lineStyle: { color: token.lineSoft } },
  };
}

type ChartProps = {
  height: number;
  label: string;
  /** Series, axes and whatever else is special; the common frame lies below. */
  option: EChartsCoreOption & { xAxis: object; yAxis: object | object[] };
};

export function Chart({ height, label, option }: ChartProps) {
  const { mode } = useMode();
  const still = useStillness();
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof init> | null>(null);

  useEffect(() => {
    if (!host.current) return;
    const made = init(host.current);
    chart.current = made;
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(host.current);
    return () => {
      observer.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    const token = TOKENS[mode];
    const common = axis(token);
    const y = Array.isArray(option.yAxis) ? option.yAxis : [option.yAxis];
    chart.current?.setOption(
      {
        ...frame(token),
        animation: !still,
        ...option,
        xAxis: { ...common, ...option.xAxis },
        yAxis: y.map((one) => ({ ...common, ...one })),
      },
      { notMerge: true },
    );
  }, [mode, still, option]);

  return <div ref={host} role="img" aria-label={label} style={{ height, width: "100%" }} />;
}
