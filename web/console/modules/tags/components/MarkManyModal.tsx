import { sentenceOf } from "@kit/api/problem.ts";
import type { MarkEstimate, MarkMany } from "@kit/api/types.ts";
import { SelectMany } from "@kit/desk/SelectMany.tsx";
import { formatCount, formatDuration } from "@kit/format/numbers.ts";
import { useLanguage } from "@kit/i18n/language.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useQuery } from "@tanstack/react-query";
import { Alert, App, Form, Input, Modal, Spin } from "antd";
import { useState } from "react";
import { estimateMarking } from "../api.ts";
import { TAGS_KEY, useStartMarking, useTagChoices } from "../hooks/useTags.ts";
import { tagWords } from "../words.ts";

const words = defineMessages({
  zh: {
    title: "批量打标签",
    start: "开始",
    started: "已开始，进度见「批量打标签」和右上角的任务盘。",
    choose: "选好标签后，这里会说明要影响多少人、需要多久。",
    people: (count: string) => `${count} 位客户`,
    calls: (count: string) => `要向企业微信更新 ${count} 个好友关系`,
    about: "（按抽样估算）",
    time: (length: string) => `，受每小时 15 万次的额度限制，至少需要 ${length}`,
    noCalls: "不用调用企业微信，很快完成",
    background: "在后台进行，可以随时取消，中断后接着做；已经打过的会跳过。",
    type: (count: string) => `请输入人数 ${count} 确认`,
  },
  en: {
    title: "Tag in bulk",
    start: "Start",
    started: "Started; see “In bulk” and the task tray for its progress.",
    choose: "Choose tags to see whom it reaches and how long it takes.",
    people: (count) => `${count} customers`,
    calls: (count) => `${count} friendships to be changed at WeCom`,
    about: " (estimated from a sample)",
    time: (length) => `; at 150,000 calls an hour at most it takes ${length} at least`,
    noCalls: "No calls to WeCom, done soon",
    background: "Runs in the background, can be cancelled and goes on where it stopped.",
    type: (count) => `Type the number ${count} to confirm`,
  },
});

type Props = {
  target: MarkMany["target"];
  /** How many it is about, where that is known before tags are chosen. */
  people?: number | null;
  onClose: () => void;
  /** It began: whoever was chosen for it need not stay so. */
  onStarted?: () => void;
};

/** Marks chosen customers or an audience: says what it takes before it starts. */
export function MarkManyModal({ target, people, onClose, onStarted }: Props) {
  const t = useText(words);
  const names = useText(tagWords);
  const { message } = App.useApp();
  const [draft, setDraft] = useState<MarkMany>({ target, add: [], remove: [], reason: "" });
  const [typed, setTyped] = useState("");
  const choices = useTagChoices();
  const start = useStartMarking();
  const chosen = (draft.add?.length ?? 0) + (draft.remove?.length ?? 0) > 0;
  const told = useQuery({
    queryKey: [...TAGS_KEY, "estimate", draft.target, draft.add, draft.remove],
    queryFn: () => estimateMarking(draft),
    enabled: chosen,
  });
  const many = told.data !== undefined && told.data.customers > told.data.confirm_above;
  const confirmed = !many || typed.trim() === String(told.data?.customers);
  return (
    <Modal
      open
      title={t.title}
      okText={t.start}
      cancelText={names.cancel}
      okButtonProps={{ disabled: !told.data || told.data.customers === 0 || !confirmed }}
      confirmLoading={start.isPending}
      onCancel={onClose}
      onOk={() =>
        start.mutate(
          { ...draft, confirmed: told.data?.customers },
          {
            onSuccess: () => {
              message.success(t.started);
              onStarted?.();
              onClose();
            },
          },
        )
      }
    >
      <Form layout="vertical">
        {(["add", "remove"] as const).map((act) => (
          <Form.Item key={act} label={names[act]}>
            <SelectMany<number>
              allowClear
              aria-label={names[act]}
              options={choices}
              value={(draft[act] ?? []) as number[]}
              onChange={(ids: number[]) => setDraft({ ...draft, [act]: ids })}
            />
          </Form.Item>
        ))}
        <Form.Item label={names.reason}>
          <Input
            maxLength={200}
            placeholder={names.reasonHint}
            value={draft.reason}
            onChange={(event) => setDraft({ ...draft, reason: event.target.value })}
          />
        </Form.Item>
      </Form>
      {!chosen && (
        <Alert
          type="info"
          message={people == null ? t.choose : t.people(formatCount(people))}
          description={people == null ? undefined : t.choose}
        />
      )}
      {chosen && told.isPending && <Spin />}
      {start.error && <Alert type="error" showIcon message={sentenceOf(start.error)} />}
      {told.error && <Alert type="error" showIcon message={sentenceOf(told.error)} />}
      {chosen && told.data && <Effort told={told.data} />}
      {chosen && many && (
        <Input
          style={{ marginTop: 12 }}
          inputMode="numeric"
          placeholder={t.type(String(told.data?.customers))}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
    </Modal>
  );
}

function Effort({ told }: { told: MarkEstimate }) {
  const t = useText(words);
  const language = useLanguage();
  const effort =
    told.calls > 0
      ? `${t.calls(formatCount(told.calls))}${told.exact ? "" : t.about}${t.time(
          formatDuration(told.seconds, language),
        )}`
      : t.noCalls;
  return (
    <Alert
      type={told.calls > 10_000 ? "warning" : "info"}
      message={t.people(formatCount(told.customers))}
      description={
        <>
          {effort}
          <br />
          {t.background}
        </>
      }
    />
  );
}
