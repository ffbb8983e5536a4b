import type { SizePoint } from "@kit/api/types.ts";
import { formatCount } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Tooltip } from "antd";
import styles from "./Audiences.module.css";

const words = defineMessages({
  zh: {
    was: (day: string, size: string, change: string) => `${day} 有 ${size} 人，至今 ${change}`,
  },
  en: { was: (day, size, change) => `${size} on ${day}, ${change} since` },
});

const WIDTH = 64;
const HEIGHT = 20;
const EDGE = 2;

/** The path of a line through values, the lowest at the foot. */
function pathOf(values: readonly number[]): string {
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  return values
    .map((value, index) => {
      const x = EDGE + (index * (WIDTH - 2 * EDGE)) / (values.length - 1);
      const y = HEIGHT - EDGE - ((value - low) * (HEIGHT - 2 * EDGE)) / span;
      return `${index ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join("");
}

/** How an audience grew during the last days; nothing before there are two of them. */
export function Trend({ points }: { points: readonly SizePoint[] }) {
  const t = useText(words);
  const first = points[0];
  const last = points[points.length - 1];
  if (!first || !last || points.length < 2) return null;
  const grown = last.size - first.size;
  const told = t.was(
    first.day,
    formatCount(first.size),
    `${grown < 0 ? "−" : "+"}${formatCount(Math.abs(grown))}`,
  );
  return (
    <Tooltip title={told}>
      <svg className={styles.trend} width={WIDTH} height={HEIGHT} role="img" aria-label={told}>
        <path d={pathOf(points.map(({ size }) => size))} />
      </svg>
    </Tooltip>
  );
}
