import { dayBefore } from "@kit/format/time.ts";
import { useLanguage } from "@kit/i18n/language.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMetricWording } from "@kit/metrics/wording.ts";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Segmented } from "antd-mobile";
import { useSearchParams } from "react-router";
import { type RankBy, readRanking } from "../api/client.ts";
import { keys } from "../api/keys.ts";
import type { Cell, RankingRow, Unit } from "../api/types.ts";
import { Face } from "../ui/Face.tsx";
import { formatFigure } from "../ui/format.ts";
import { Empty, Shown } from "../ui/states.tsx";
import ui from "../ui/ui.module.css";
import css from "./ranking.module.css";

const rankingWords = defineMessages({
  zh: {
    title: "排行",
    periods: { "1": "今天", "7": "7 天", "30": "30 天" },
    by: { gmv: "成交额", orders: "订单", added: "加好友", readings: "被阅读" },
    mine: "我",
    none: "这段时间还没有成绩。",
    unknown: "不可得",
  },
  en: {
    title: "Ranking",
    periods: { "1": "Today", "7": "7 days", "30": "30 days" },
    by: { gmv: "Sales", orders: "Orders", added: "Added", readings: "Readings" },
    mine: "me",
    none: "Nothing achieved in this time yet.",
    unknown: "not known",
  },
});

const PERIODS = ["1", "7", "30"] as const;
const FIGURES = {
  gmv: { unit: "fen", cell: (row: RankingRow) => row.gmv_fen },
  orders: { unit: "count", cell: (row: RankingRow) => row.orders },
  added: { unit: "people", cell: (row: RankingRow) => row.added },
  readings: { unit: "count", cell: (row: RankingRow) => row.readings },
} satisfies Record<RankBy, { unit: Unit; cell: (row: RankingRow) => Cell }>;
const BY = Object.keys(FIGURES) as RankBy[];

function Row({ row, by }: { row: RankingRow; by: RankBy }) {
  const text = useText(rankingWords);
  const language = useLanguage();
  const { unit, cell } = FIGURES[by];
  const figure = cell(row);
  const { why } = useMetricWording();
  return (
    <li className={`${ui.row} ${css.row}`} data-mine={row.mine}>
      <span className={css.rank} data-top={row.rank <= 3}>
        {row.rank}
      </span>
      <Face name={row.name} url={row.avatar_url} size={40} />
      <span className={`${ui.grow} ${ui.line} ${ui.name}`}>
        {row.name} {row.mine && <span className={ui.tag}>{text.mine}</span>}
      </span>
      <span className={css.figure} title={why(figure) ?? undefined}>
        {formatFigure(figure.value, unit, language) ?? text.unknown}
      </span>
    </li>
  );
}

/** My accounts among those of my colleagues. */
export function RankingPage() {
  const text = useText(rankingWords);
  const [query, setQuery] = useSearchParams();
  const period = PERIODS.find((days) => days === query.get("days")) ?? "7";
  const by = BY.find((name) => name === query.get("by")) ?? "gmv";
  const from = dayBefore(Number(period) - 1);
  const to = dayBefore(0);
  const ranking = useQuery({
    queryKey: [...keys.ranking, by, from, to],
    queryFn: () => readRanking(by, from, to),
    placeholderData: keepPreviousData,
  });
  const set = (next: { days?: string; by?: string }) =>
    setQuery({ days: period, by, ...next }, { replace: true });
  return (
    <div className={ui.page}>
      <div className={ui.title}>
        <h1>{text.title}</h1>
      </div>
      <Segmented
        block
        value={period}
        options={PERIODS.map((value) => ({ value, label: text.periods[value] }))}
        onChange={(days) => set({ days: String(days) })}
      />
      <Segmented
        block
        value={by}
        options={BY.map((value) => ({ value, label: text.by[value] }))}
        onChange={(name) => set({ by: String(name) })}
      />
      <Shown query={ranking}>
        {({ staff }) =>
          staff.length === 0 ? (
            <Empty>{text.none}</Empty>
          ) : (
            <ol className={ui.card}>
              {staff.map((row) => (
                <Row key={row.staff_account_id} row={row} by={by} />
              ))}
            </ol>
          )
        }
      </Shown>
    </div>
  );
}
