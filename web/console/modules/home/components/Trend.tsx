import type { Figure } from "@kit/api/types.ts";
import { Chart } from "@kit/desk/Chart.tsx";
import { Section } from "@kit/desk/PageHead.tsx";
import { formatDay, formatMoment } from "@kit/format/time.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useMetricWording } from "@kit/metrics/wording.ts";
import { Segmented } from "antd";
import { useMemo, useState } from "react";
import { homeWords } from "../words.ts";

const CHOICES = ["added", "reached", "bought", "gmv_fen"];
const FEN_PER_YUAN = 100;

/** How one figure went over the period. */
export function Trend({ figures, step }: { figures: Figure[]; step: string }) {
  const t = useText(homeWords);
  const { name } = useMetricWording();
  const [key, setKey] = useState("added");
  const choices = CHOICES.flatMap((one) => figures.find((figure) => figure.key === one) ?? []);
  const figure = choices.find((one) => one.key === key);
  const title = figure ? name(figure) : "";
  const option = useMemo(() => {
    const points = figure?.series ?? [];
    const scale = figure?.unit === "fen" ? FEN_PER_YUAN : 1;
    return {
      legend: { show: false },
      grid: { left: 4, right: 12, top: 16, bottom: 4, containLabel: true },
      xAxis: {
        type: "category",
        data: points.map(({ at }) =>
          step === "hour" ? formatMoment(at).slice(11) : formatDay(at).slice(5),
        ),
      },
      yAxis: { type: "value", minInterval: 1 },
      series: [
        {
          name: title,
          type: step === "hour" ? "bar" : "line",
          barMaxWidth: 18,
          itemStyle: { borderRadius: [3, 3, 0, 0] },
          symbol: "circle",
          symbolSize: 5,
          areaStyle: step === "hour" ? undefined : { opacity: 0.08 },
          data: points.map(({ value }) => (value === null ? null : value / scale)),
        },
      ],
    };
  }, [figure, step, title]);
  return (
    <Section
      title={t.trend}
      extra={
        <Segmented
          size="small"
          value={key}
          onChange={setKey}
          options={choices.map((one) => ({ value: one.key, label: name(one) }))}
        />
      }
    >
      <Chart height={336} label={`${t.trend} ${title}`} option={option} />
    </Section>
  );
}
