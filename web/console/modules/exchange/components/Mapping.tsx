import { DeskTable } from "@kit/desk/list/DeskTable.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Input, Select, Space } from "antd";
import { MEANINGS, type Meaning, type PlanColumn, type PreviewRow } from "../api.ts";
import { useFieldChoices } from "../fields.ts";
import { exchangeWords } from "../words.ts";

const words = defineMessages({
  zh: {
    column: "列",
    sample: "例子",
    means: "含义",
    none: "不导入",
    app: "AppID(公众号或小程序)",
    field: "选择字段",
    untitled: (place: number) => `第 ${place} 列`,
  },
  en: {
    column: "Column",
    sample: "Samples",
    means: "Meaning",
    none: "Left out",
    app: "AppID (official account or mini program)",
    field: "Choose a field",
    untitled: (place) => `Column ${place}`,
  },
});

const SAMPLES = 3;

type MappingProps = {
  header: string[];
  samples: PreviewRow[];
  columns: PlanColumn[];
  onChange: (columns: PlanColumn[]) => void;
};

/** What each column of a file means. */
export function Mapping({ header, samples, columns, onChange }: MappingProps) {
  const t = useText(words);
  const names = useText(exchangeWords);
  const fields = useFieldChoices();

  function say(place: number, change: Partial<PlanColumn> & { means?: Meaning }) {
    const others = columns.filter((column) => column.place !== place);
    const before = columns.find((column) => column.place === place);
    const means = change.means ?? before?.means;
    onChange(
      means
        ? [...others, { app_id: "", field_id: null, ...before, ...change, place, means }]
        : others,
    );
  }

  const rows = header.map((title, at) => ({
    place: at + 1,
    title: title || t.untitled(at + 1),
    sample: samples
      .slice(0, SAMPLES)
      .map((row) => row.cells[at])
      .filter(Boolean)
      .join(" · "),
    column: columns.find((column) => column.place === at + 1),
  }));
  return (
    <DeskTable
      size="small"
      pagination={false}
      rowKey="place"
      dataSource={rows}
      columns={[
        { title: t.column, dataIndex: "title" },
        {
          title: t.sample,
          render: (_, row) => <span style={{ color: "var(--ink-faint)" }}>{row.sample}</span>,
        },
        {
          title: t.means,
          render: (_, row) => (
            <Space wrap>
              <Select<Meaning | "">
                aria-label={`${t.means}：${row.title}`}
                style={{ width: 190 }}
                value={row.column?.means ?? ""}
                onChange={(means) =>
                  means
                    ? say(row.place, { means, field_id: null, app_id: "" })
                    : onChange(columns.filter((column) => column.place !== row.place))
                }
                options={[
                  { value: "", label: t.none },
                  ...MEANINGS.map((value) => ({ value, label: names.meanings[value] })),
                ]}
              />
              {row.column?.means === "openid" && (
                <Input
                  placeholder={t.app}
                  defaultValue={row.column.app_id}
                  onBlur={(event) => say(row.place, { app_id: event.target.value.trim() })}
                />
              )}
              {row.column?.means === "field" && (
                <Select
                  style={{ width: 160 }}
                  placeholder={t.field}
                  value={row.column.field_id}
                  options={fields}
                  onChange={(field_id) => say(row.place, { field_id })}
                />
              )}
            </Space>
          ),
        },
      ]}
    />
  );
}
