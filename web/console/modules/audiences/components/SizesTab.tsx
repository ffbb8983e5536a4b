import type { SizePoint } from "@kit/api/types.ts";
import { Chart } from "@kit/desk/Chart.tsx";
import { Reading } from "@kit/desk/states.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { useMemo } from "react";
import { useSizes } from "../hooks/useAudiences.ts";
import styles from "./Audiences.module.css";
import { detailWords } from "./detailWords.ts";

const DAYS = 90;

function Line({ points }: { points: readonly SizePoint[] }) {
  const t = useText(detailWords);
  const option = useMemo(
    () => ({
      legend: { show: false },
      grid: { left: 8, right: 12, top: 12, bottom: 4, containLabel: true },
      xAxis: { type: "category", data: points.map(({ day }) => day) },
      yAxis: { type: "value", minInterval: 1 },
      series: [
        {
          type: "line",
          name: t.people,
          data: points.map(({ size }) => size),
          symbol: points.length > 1 ? "none" : "circle",
          areaStyle: { opacity: 0.08 },
        },
      ],
    }),
    [points, t],
  );
  return <Chart height={260} label={t.sizesLabel} option={option} />;
}

/** How many were in it, by day. */
export function SizesTab({ id }: { id: number }) {
  const t = useText(detailWords);
  return (
    <Reading query={useSizes(id, DAYS)}>
      {(points) =>
        points.length ? <Line points={points} /> : <p className={styles.faint}>{t.noSizes}</p>
      }
    </Reading>
  );
}
