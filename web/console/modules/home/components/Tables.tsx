import type { Cell, ChannelRow, FigureUnit, StaffRow } from "@kit/api/types.ts";
import { exactFigure } from "@kit/desk/FigureCard.tsx";
import { Section } from "@kit/desk/PageHead.tsx";
import { Person } from "@kit/desk/Person.tsx";
import { SourceLabel } from "@kit/desk/SourceLabel.tsx";
import { useLanguage } from "@kit/i18n/language.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useMetricWording } from "@kit/metrics/wording.ts";
import { Table } from "antd";
import { Link } from "react-router";
import { homeWords } from "../words.ts";

type CellValueProps = { cell: Cell; metric: string; unit?: FigureUnit };

function CellValue({ cell, metric, unit = "count" }: CellValueProps) {
  const { why } = useMetricWording();
  const language = useLanguage();
  return cell.value === null ? (
    <SourceLabel why={why(cell, metric) ?? ""} />
  ) : (
    exactFigure(cell.value, unit, language)
  );
}

const SHOWN = 10;

export function Ranking({ rows }: { rows: StaffRow[] }) {
  const t = useText(homeWords);
  return (
    <Section title={t.ranking}>
      <Table<StaffRow>
        size="small"
        rowKey="staff_account_id"
        pagination={false}
        dataSource={rows.slice(0, SHOWN)}
        locale={{ emptyText: t.noStaff }}
        columns={[
          { title: "#", width: 40, dataIndex: "rank" },
          {
            title: t.staff,
            render: (_, row) => (
              <Link to={`/people/customers?staff=${row.staff_account_id}`}>
                <Person name={row.name} url={row.avatar_url} size={22} />
              </Link>
            ),
          },
          {
            title: t.added,
            align: "right",
            render: (_, row) => <CellValue cell={row.added} metric="added" />,
          },
          {
            title: t.readings,
            responsive: ["sm"],
            align: "right",
            render: (_, row) => <CellValue cell={row.readings} metric="clicked" />,
          },
          {
            title: t.orders,
            align: "right",
            render: (_, row) => <CellValue cell={row.orders} metric="orders" />,
          },
          {
            title: t.gmv,
            align: "right",
            render: (_, row) => <CellValue cell={row.gmv_fen} metric="gmv_fen" unit="fen" />,
          },
        ]}
      />
    </Section>
  );
}

export function ChannelFigures({ rows }: { rows: ChannelRow[] }) {
  const t = useText(homeWords);
  return (
    <Section title={t.channels}>
      <Table<ChannelRow>
        size="small"
        rowKey={(row) => row.channel_id ?? 0}
        pagination={false}
        dataSource={rows.slice(0, SHOWN)}
        locale={{ emptyText: t.noChannels }}
        columns={[
          {
            title: t.channel,
            render: (_, row) =>
              row.channel_id ? (
                <Link to={`/people/customers?channel=${row.channel_id}`}>{row.name}</Link>
              ) : (
                row.name
              ),
          },
          {
            title: t.added,
            align: "right",
            render: (_, row) => <CellValue cell={row.added} metric="added" />,
          },
          {
            title: t.churn,
            responsive: ["sm"],
            align: "right",
            render: (_, row) => (
              <CellValue cell={row.first_day_churn} metric="first_day_churn" unit="ratio" />
            ),
          },
          {
            title: t.orders,
            align: "right",
            render: (_, row) => <CellValue cell={row.orders} metric="orders" />,
          },
          {
            title: t.gmv,
            align: "right",
            render: (_, row) => <CellValue cell={row.gmv_fen} metric="gmv_fen" unit="fen" />,
          },
        ]}
      />
    </Section>
  );
}
