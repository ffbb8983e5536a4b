import type { Dashboard } from "@kit/api/types.ts";
import { useFilters } from "@kit/desk/list/useFilters.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { PageHead } from "@kit/desk/PageHead.tsx";
import { Reading } from "@kit/desk/states.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { Segmented } from "antd";
import { useDashboard } from "../hooks/useHome.ts";
import { periodOf, SPANS, spanOf } from "../period.ts";
import { homeWords } from "../words.ts";
import { Attention } from "./Attention.tsx";
import { Figures } from "./Figures.tsx";
import { FirstSteps } from "./FirstSteps.tsx";
import styles from "./Home.module.css";
import { Live } from "./Live.tsx";
import { NorthStar } from "./NorthStar.tsx";
import { Quiet } from "./Quiet.tsx";
import { ChannelFigures, Ranking } from "./Tables.tsx";
import { Trend } from "./Trend.tsx";

function Whole({ dashboard, compared }: { dashboard: Dashboard; compared: string }) {
  return (
    <>
      <Quiet dashboard={dashboard} />
      <NorthStar dashboard={dashboard} />
      <div className={styles.columns}>
        <Trend figures={dashboard.figures} step={dashboard.period.step} />
        <div className={styles.side}>
          <Attention />
          <Live />
        </div>
      </div>
      <Figures figures={dashboard.figures} compared={compared} />
      <div className={styles.columns}>
        <Ranking rows={dashboard.staff} />
        <ChannelFigures rows={dashboard.channels} />
      </div>
    </>
  );
}

export function HomePage() {
  const t = useText(homeWords);
  const { values, change } = useFilters(["span"] as const);
  const span = spanOf(values.span);
  const dashboard = useDashboard(periodOf(span));
  return (
    <>
      <PageHead
        title={t.title}
        mark={
          dashboard.data && (
            <span className={styles.faint} style={{ fontSize: 12 }}>
              {t.asOf} <Moment at={dashboard.data.as_of.at} />
            </span>
          )
        }
        actions={
          <Segmented
            value={span}
            onChange={(next) => change({ span: next === "today" ? "" : next })}
            options={SPANS.map((value) => ({ value, label: t.spans[value] }))}
          />
        }
      />
      <FirstSteps />
      <Reading query={dashboard} rows={12}>
        {(found) => <Whole dashboard={found} compared={span === "30" ? t.before : t.weekday} />}
      </Reading>
      {dashboard.error && !dashboard.data && (
        // Neither needs the figures: what is wrong shows whatever is down.
        <div className={styles.columns}>
          <Attention />
          <Live />
        </div>
      )}
    </>
  );
}
