import { sentenceOf } from "@kit/api/problem.ts";
import { LoadingState } from "@kit/desk/states.tsx";
import { formatCount } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Checkbox, Drawer, Form, Input, Radio, Select, Switch } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { MAY } from "../../../permissions.ts";
import { listAudiences } from "../../audiences/api.ts";
import { type ExportWanted, sizeOf } from "../api.ts";
import { useBeginExport, useColumns } from "../hooks.ts";

const words = defineMessages({
  zh: {
    title: "新建导出",
    who: "导出谁",
    all: "全部客户",
    allText: "含导入后还没有加好友的客户",
    audience: "人群",
    choose: "选择人群",
    columns: "要哪些列",
    every: "全选",
    format: "格式",
    csv: "CSV（Excel 可直接打开）",
    xlsx: "Excel（.xlsx）",
    phones: "完整手机号",
    phonesText: "关闭时手机号中间四位打码",
    people: (count: string) => `将导出 ${count} 位客户`,
    type: (count: string) => `人数较多，请输入 ${count} 以确认`,
    make: "开始生成",
    cancel: "取消",
  },
  en: {
    title: "New export",
    who: "Whom",
    all: "All customers",
    allText: "Also those who were imported and never added staff",
    audience: "An audience",
    choose: "Choose an audience",
    columns: "Columns",
    every: "All",
    format: "Format",
    csv: "CSV (opens in Excel)",
    xlsx: "Excel (.xlsx)",
    phones: "Full phone numbers",
    phonesText: "Otherwise their middle is hidden",
    people: (count) => `${count} customers`,
    type: (count) => `These are many: type ${count} to confirm`,
    make: "Write the file",
    cancel: "Cancel",
  },
});

const USUAL = ["id", "name", "phone", "staff", "tags", "added_at"];

type ExportFormProps = {
  onClose: () => void;
  /** The selection of the customer list that it is about; else whom is asked here. */
  selection?: number;
  /** The audience that it is about. */
  audience?: number;
  onStarted?: () => void;
};

/** Asks for a list: whom, which columns, how. */
export function ExportForm({ onClose, selection, audience: about, onStarted }: ExportFormProps) {
  const t = useText(words);
  const may = useMay();
  const [search] = useSearchParams();
  const given = about ?? (Number(search.get("audience")) || null);
  const [audience, setAudience] = useState<number | null>(given);
  const [some, setSome] = useState(given !== null);
  const [columns, setColumns] = useState(USUAL);
  const [format, setFormat] = useState<"csv" | "xlsx">("csv");
  const [phones, setPhones] = useState(false);
  const [typed, setTyped] = useState("");
  const known = useColumns();
  const audiences = useQuery({
    queryKey: ["audiences", "choices"],
    queryFn: () => listAudiences({}),
    enabled: some && may(MAY.readAudiences),
  });
  const wanted: ExportWanted =
    selection === undefined
      ? { audience_id: some ? audience : null, customer_ids: null }
      : { selection_id: selection };
  const size = useQuery({
    queryKey: ["exports", "size", wanted],
    queryFn: () => sizeOf(wanted),
    enabled: selection !== undefined || !some || audience !== null,
  });
  const begin = useBeginExport();
  const people = size.data?.people ?? 0;
  const confirmed = !size.data?.confirm || typed.trim() === String(people);
  return (
    <Drawer open width={560} title={t.title} onClose={onClose}>
      <Form layout="vertical">
        {selection === undefined && about === undefined && (
          <Form.Item label={t.who} extra={some ? undefined : t.allText}>
            <Radio.Group
              value={some}
              onChange={(event) => setSome(event.target.value)}
              options={[
                { value: false, label: t.all },
                { value: true, label: t.audience, disabled: !may(MAY.readAudiences) },
              ]}
            />
            {some && (
              <Select
                style={{ width: "100%", marginTop: 8 }}
                placeholder={t.choose}
                value={audience}
                loading={audiences.isFetching}
                onChange={setAudience}
                options={audiences.data?.items.map((one) => ({ value: one.id, label: one.name }))}
              />
            )}
          </Form.Item>
        )}
        <Form.Item
          label={t.columns}
          extra={
            <Button
              type="link"
              size="small"
              style={{ paddingInline: 0 }}
              onClick={() => setColumns(known.data?.map((one) => one.name) ?? USUAL)}
            >
              {t.every}
            </Button>
          }
        >
          {known.data ? (
            <Checkbox.Group
              value={columns}
              onChange={setColumns}
              options={known.data.map((one) => ({ value: one.name, label: one.title }))}
            />
          ) : (
            <LoadingState rows={2} />
          )}
        </Form.Item>
        <Form.Item label={t.format}>
          <Radio.Group
            value={format}
            onChange={(event) => setFormat(event.target.value)}
            options={[
              { value: "csv", label: t.csv },
              { value: "xlsx", label: t.xlsx },
            ]}
          />
        </Form.Item>
        {may(MAY.readPhones) && columns.includes("phone") && (
          <Form.Item label={t.phones} extra={t.phonesText}>
            <Switch checked={phones} onChange={setPhones} />
          </Form.Item>
        )}
        {size.data && <p style={{ marginBottom: 12 }}>{t.people(formatCount(people))}</p>}
        {size.data?.confirm && (
          <Form.Item label={t.type(String(people))}>
            <Input
              inputMode="numeric"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          </Form.Item>
        )}
        {[size.error, begin.error].map(
          (failure) =>
            failure && (
              <Alert
                key={String(failure)}
                type="error"
                showIcon
                message={sentenceOf(failure)}
                style={{ marginBottom: 12 }}
              />
            ),
        )}
        <Button
          type="primary"
          disabled={!size.data || people === 0 || columns.length === 0 || !confirmed}
          loading={begin.isPending}
          onClick={() =>
            begin.mutate(
              { wanted, columns, format, phones: phones && columns.includes("phone"), people },
              {
                onSuccess: () => {
                  onStarted?.();
                  onClose();
                },
              },
            )
          }
        >
          {t.make}
        </Button>
        <Button style={{ marginLeft: 8 }} onClick={onClose}>
          {t.cancel}
        </Button>
      </Form>
    </Drawer>
  );
}
