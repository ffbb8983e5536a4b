import type { CustomerBehind, Metric, OrderBehind } from "@kit/api/types.ts";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { usePages } from "@kit/desk/list/usePages.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { PageHead } from "@kit/desk/PageHead.tsx";
import { Person } from "@kit/desk/Person.tsx";
import { EmptyState, Reading } from "@kit/desk/states.tsx";
import { formatMoney } from "@kit/format/numbers.ts";
import { formatDay } from "@kit/format/time.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useMetricWording } from "@kit/metrics/wording.ts";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { listOrdersBehind, listPeopleBehind, type Period } from "../api.ts";
import { useMetric } from "../hooks/useHome.ts";
import { homeWords } from "../words.ts";

type BehindProps = { metric: Metric; period: Period };

function PeopleBehind({ metric, period }: BehindProps) {
  const t = useText(homeWords).opened;
  const navigate = useNavigate();
  const pages = usePages(["metrics", metric.key, "people", period], (cursor) =>
    listPeopleBehind(metric.key, { ...period, cursor }),
  );
  return (
    <ListTable<CustomerBehind>
      pages={pages}
      rowKey={(one) => one.id}
      onOpen={(one) => navigate(`/people/customers/${one.id}`)}
      empty={<EmptyState title={t.empty} />}
      columns={[
        { title: t.name, render: (_, one) => <Person name={one.name} url={one.avatar_url} /> },
        { title: t.staffs, render: (_, one) => one.staff.join("、") || "—" },
        { title: t.lastAdd, render: (_, one) => <Moment at={one.last_add_at} /> },
      ]}
    />
  );
}

function OrdersBehind({ metric, period }: BehindProps) {
  const t = useText(homeWords).opened;
  const navigate = useNavigate();
  const pages = usePages(["metrics", metric.key, "orders", period], (cursor) =>
    listOrdersBehind(metric.key, { ...period, cursor }),
  );
  return (
    <ListTable<OrderBehind>
      pages={pages}
      rowKey={(one) => one.id}
      onOpen={(one) => navigate(`/conversion/orders/${one.id}`)}
      empty={<EmptyState title={t.empty} />}
      columns={[
        { title: t.number, dataIndex: "number" },
        { title: t.customer, render: (_, one) => one.customer_name ?? "—" },
        { title: t.amount, align: "right", render: (_, one) => formatMoney(one.amount_fen) },
        { title: t.refund, align: "right", render: (_, one) => formatMoney(one.refund_fen) },
        { title: t.paid, render: (_, one) => <Moment at={one.paid_at} /> },
      ]}
    />
  );
}

/** The people or orders that a figure counted. */
export function MetricPage() {
  const { key = "" } = useParams();
  const [search] = useSearchParams();
  const words = useText(homeWords);
  const wording = useMetricWording();
  const metric = useMetric(key);
  const today = formatDay(new Date());
  const period = { from: search.get("from") ?? today, to: search.get("to") ?? today };
  return (
    <Reading query={metric}>
      {(found) =>
        found?.drill ? (
          <>
            <PageHead
              title={wording.name(found)}
              mark={
                <span style={{ color: "var(--ink-faint)" }}>
                  {words.opened.period(period.from, period.to)}
                </span>
              }
              back={{ to: "/", label: words.title }}
              note={wording.definition(found)}
            />
            {found.drill === "people" ? (
              <PeopleBehind metric={found} period={period} />
            ) : (
              <OrdersBehind metric={found} period={period} />
            )}
          </>
        ) : (
          <EmptyState title={words.opened.empty} />
        )
      }
    </Reading>
  );
}
