import { Moment } from "@kit/desk/Moment.tsx";
import { Section } from "@kit/desk/PageHead.tsx";
import { Reading } from "@kit/desk/states.tsx";
import { useConfirm } from "@kit/desk/useConfirm.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { App, Button, Space, Tag } from "antd";
import { MAY } from "../../../permissions.ts";
import { CONSENT_STATES, type Consents } from "../api.ts";
import { useConsents, useCustomerWishes } from "../hooks.ts";
import { CONSENT_COLOURS, privacyWords } from "../words.ts";

const words = defineMessages({
  zh: {
    title: "授权与隐私",
    note: (state: string) => `记为${state}`,
    noteAsk: (what: string, state: string) => `把「${what}」记为${state}？`,
    noteText: "请只记录客户明确表示过的意愿。",
    by: "记录人",
    pack: "导出个人信息",
    packed: "正在制作，稍后在「隐私合规」页下载",
    erase: "申请删除",
    eraseAsk: "为这位客户申请删除个人信息？",
    eraseText: "申请后还需在「隐私合规」页确认，确认后 24 小时内从所有地方删除，无法恢复。",
    erased: "已申请，请到「隐私合规」页确认",
  },
  en: {
    title: "Consent and privacy",
    note: (state) => `Note: ${state}`,
    noteAsk: (what, state) => `Note “${what}” as ${state}?`,
    noteText: "Only note what the customer has said clearly.",
    by: "By",
    pack: "Export personal data",
    packed: "Being made: fetch it on the page “Privacy”",
    erase: "Ask for erasure",
    eraseAsk: "Ask for this customer's data to be erased?",
    eraseText: "It is to be confirmed on the page “Privacy”, then done within 24 hours for good.",
    erased: "Asked: confirm it on the page “Privacy”",
  },
});

const KINDS = ["marketing", "profiling"] as const;
const ROW = {
  display: "flex",
  flexWrap: "wrap",
  alignItems: "center",
  gap: 6,
  marginBottom: 8,
} as const;

function Words({ consents }: { consents: Consents }) {
  const t = useText(words);
  const names = useText(privacyWords);
  return (
    <ul style={{ margin: "8px 0 0", paddingLeft: 18, fontSize: 12, color: "var(--ink-faint)" }}>
      {consents.history.map((word) => (
        <li key={word.id}>
          {names.kinds[word.kind]} · {names.states[word.state]} · {names.sources[word.source]}
          {word.by && ` · ${t.by} ${word.by}`} · <Moment at={word.at} />
          {word.note && ` · ${word.note}`}
        </li>
      ))}
    </ul>
  );
}

/** What a customer agreed to, and their wishes about their data; for the customer's page. */
export function ConsentPanel({ customerId }: { customerId: number }) {
  const t = useText(words);
  const names = useText(privacyWords);
  const may = useMay();
  const { message } = App.useApp();
  const confirm = useConfirm();
  const query = useConsents(customerId);
  const wishes = useCustomerWishes(customerId);
  return (
    <Section title={t.title}>
      <Reading query={query} rows={2}>
        {(consents) => (
          <>
            {KINDS.map((kind) => {
              const state = consents[kind];
              return (
                <div key={kind} style={ROW}>
                  <span style={{ flex: 1 }}>{names.kinds[kind]}</span>
                  <Tag
                    color={state ? CONSENT_COLOURS[state] : "default"}
                    style={{ marginInlineEnd: 0 }}
                  >
                    {state ? names.states[state] : names.unsaid}
                  </Tag>
                  {may(MAY.writeCustomers) &&
                    CONSENT_STATES.filter((other) => other !== state).map((other) => (
                      <Button
                        key={other}
                        size="small"
                        onClick={() =>
                          confirm({
                            title: t.noteAsk(names.kinds[kind], names.states[other]),
                            body: t.noteText,
                            action: t.note(names.states[other]),
                            danger: false,
                            run: () =>
                              wishes.note.mutateAsync({
                                kind,
                                state: other,
                                source: "employee",
                                note: "",
                              }),
                          })
                        }
                      >
                        {t.note(names.states[other])}
                      </Button>
                    ))}
                </div>
              );
            })}
            <Words consents={consents} />
          </>
        )}
      </Reading>
      {may(MAY.writePrivacy) && (
        <Space wrap style={{ marginTop: 12 }}>
          <Button
            loading={wishes.pack.isPending}
            onClick={() =>
              wishes.pack.mutate(undefined, { onSuccess: () => void message.success(t.packed) })
            }
          >
            {t.pack}
          </Button>
          <Button
            danger
            onClick={() =>
              confirm({
                title: t.eraseAsk,
                body: t.eraseText,
                action: t.erase,
                run: () =>
                  wishes.erase
                    .mutateAsync({ asked_by: "customer", note: "" })
                    .then(() => message.success(t.erased)),
              })
            }
          >
            {t.erase}
          </Button>
        </Space>
      )}
    </Section>
  );
}
