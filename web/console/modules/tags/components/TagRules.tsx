import type { TagRule, TagTrigger } from "@kit/api/types.ts";
import { DeskTable } from "@kit/desk/list/DeskTable.tsx";
import { Section } from "@kit/desk/PageHead.tsx";
import { EmptyState, Reading } from "@kit/desk/states.tsx";
import { useConfirm } from "@kit/desk/useConfirm.tsx";
import { formatMoney } from "@kit/format/numbers.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Button, Space, Switch, Tag } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { MAY } from "../../../permissions.ts";
import { useAudience } from "../../audiences/hooks/useAudiences.ts";
import { useBehaviours, useRuleActs, useTagRules } from "../hooks/useTags.ts";
import { draftOf, formOf } from "../rule.ts";
import { tagWords } from "../words.ts";
import { RuleModal } from "./RuleModal.tsx";
import { ruleWords } from "./ruleWords.ts";

export function TagRules() {
  const t = useText(ruleWords);
  const names = useText(tagWords);
  const may = useMay()(MAY.writeTags);
  const rules = useTagRules();
  const { save, remove } = useRuleActs();
  const confirm = useConfirm();
  const [editing, setEditing] = useState<TagRule | "new" | null>(null);
  const button = may && (
    <Button type="primary" onClick={() => setEditing("new")}>
      {t.fresh}
    </Button>
  );
  return (
    <Section extra={rules.data?.length ? button : undefined}>
      <Reading query={rules}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={t.empty} action={button}>
              {t.emptyText}
            </EmptyState>
          ) : (
            <DeskTable<TagRule>
              rowKey="id"
              size="middle"
              pagination={false}
              dataSource={items}
              columns={[
                { title: t.name, dataIndex: "name" },
                { title: t.when, render: (_, one) => <When trigger={one.trigger} /> },
                { title: t.effect, render: (_, one) => <Effect rule={one} /> },
                {
                  title: t.active,
                  render: (_, one) => (
                    <Switch
                      size="small"
                      aria-label={t.active}
                      disabled={!may}
                      checked={one.active}
                      loading={save.isPending && save.variables.id === one.id}
                      onChange={(active) =>
                        save.mutate({
                          id: one.id,
                          draft: { ...draftOf(formOf(one), one.trigger), active },
                        })
                      }
                    />
                  ),
                },
                {
                  title: "",
                  align: "right",
                  render: (_, one) =>
                    may && (
                      <Space>
                        <Button type="link" size="small" onClick={() => setEditing(one)}>
                          {t.edit}
                        </Button>
                        <Button
                          type="link"
                          size="small"
                          danger
                          onClick={() =>
                            confirm({
                              title: t.remove(one.name),
                              body: t.kept,
                              action: names.delete,
                              run: () => remove.mutateAsync(one.id),
                            })
                          }
                        >
                          {names.delete}
                        </Button>
                      </Space>
                    ),
                },
              ]}
            />
          )
        }
      </Reading>
      {editing && (
        <RuleModal rule={editing === "new" ? null : editing} onClose={() => setEditing(null)} />
      )}
    </Section>
  );
}

function When({ trigger }: { trigger: TagTrigger }) {
  const t = useText(ruleWords);
  const behaviours = useBehaviours();
  switch (trigger.kind) {
    case "behaviour": {
      const title = behaviours.data?.find((one) => one.type === trigger.type)?.title;
      return (
        <>
          {t.nth(title ?? trigger.type, trigger.times ?? 1, trigger.within_days)}
          {(trigger.where?.length ?? 0) > 0 && t.filtered}
        </>
      );
    }
    case "orders":
      return (
        <>
          {t.kinds.orders}{" "}
          {[
            trigger.orders ? `${t.orders} ${trigger.orders}` : "",
            trigger.amount_fen ? formatMoney(trigger.amount_fen) : "",
          ]
            .filter(Boolean)
            .join(" · ")}
        </>
      );
    case "audience":
      return (
        <>
          {trigger.entered === false ? t.left : t.entered} <AudienceName id={trigger.audience_id} />
        </>
      );
    case "keyword":
      return <>{t.said(trigger.words)}</>;
    case "added":
      return <>{trigger.channel_ids?.length ? t.kinds.added : t.anyChannel}</>;
  }
}

function AudienceName({ id }: { id: number }) {
  const audience = useAudience(id);
  return <Link to={`/people/audiences/${id}`}>{audience.data?.name ?? `#${id}`}</Link>;
}

function Effect({ rule }: { rule: TagRule }) {
  const t = useText(ruleWords);
  return (
    <Space size={4} wrap>
      {rule.add.map((tag) => (
        <Tag key={`+${tag.id}`} color={tag.gone ? "default" : "success"}>
          + {tag.name} {tag.gone && `(${t.gone})`}
        </Tag>
      ))}
      {rule.remove.map((tag) => (
        <Tag key={`-${tag.id}`}>
          − {tag.name} {tag.gone && `(${t.gone})`}
        </Tag>
      ))}
      {rule.ends_days !== null && t.days(rule.ends_days)}
      {rule.reason && <span style={{ color: "var(--ink-soft)" }}>{rule.reason}</span>}
    </Space>
  );
}
