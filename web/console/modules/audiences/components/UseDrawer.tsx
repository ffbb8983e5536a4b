import { DownOutlined, UpOutlined } from "@ant-design/icons";
import type { AudienceUseDetail, ReachedCondition, SamplePerson } from "@kit/api/types.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { Section } from "@kit/desk/PageHead.tsx";
import { Person } from "@kit/desk/Person.tsx";
import { Reading } from "@kit/desk/states.tsx";
import { formatCount } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Button, Drawer } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useRuleWorldOf } from "../hooks/useRuleWorld.ts";
import { useRecipients, useUse, useWhyReached } from "../hooks/useUses.ts";
import { isRuleGroup, type Rule, ruleAt } from "../rule/language.ts";
import { sentenceOf } from "../rule/sentence.ts";
import styles from "./Audiences.module.css";
import { detailWords } from "./detailWords.ts";
import { RuleWorldProvider } from "./RuleWorld.ts";
import { WhyLine } from "./WhyLines.tsx";

const words = defineMessages({
  zh: {
    title: "使用记录",
    by: "谁",
    at: "时间",
    version: "条件版本",
    people: "人数",
    excluded: "排除",
    system: "系统",
    hidden: "仅全部可见范围的角色可见",
    rule: "当时的条件",
    stood: "当时依赖的人群",
    recipients: "名单",
    own: "只列出你的数据范围内的客户。",
    nobody: "名单里没有你能看到的客户。",
    why: "为什么在名单里",
    unknown: "使用时分析引擎暂不可用，没有记下逐条原因；这位客户当时是人群的成员。",
    profile: "客户主页",
    more: "加载更多",
  },
  en: {
    title: "Use",
    by: "By",
    at: "When",
    version: "Conditions",
    people: "People",
    excluded: "Left out",
    system: "the system",
    hidden: "told to roles that see every customer",
    rule: "The conditions then",
    stood: "The audiences it stood on then",
    recipients: "Recipients",
    own: "Only customers within your data scope are listed.",
    nobody: "No customer here is within your data scope.",
    why: "Why",
    unknown:
      "The analytics engine was out of reach then, so no reasons were kept; the customer was a member.",
    profile: "The customer's page",
    more: "Load more",
  },
});

/** Which conditions held for a recipient then; a group is told by what stands in it. */
function Reached({ conditions, rule }: { conditions: readonly ReachedCondition[]; rule: Rule }) {
  return conditions
    .filter(({ path }) => !isRuleGroup(ruleAt(rule, path)) || conditions.length === 1)
    .map(({ path, held }) => <WhyLine key={path} rule={rule} path={path} holds={held} />);
}

function Why({ useId, customerId }: { useId: number; customerId: number }) {
  const t = useText(words);
  return (
    <div className={styles.why}>
      <Reading query={useWhyReached(useId, customerId)} rows={2}>
        {(found) =>
          found.conditions.length ? (
            <Reached conditions={found.conditions} rule={found.rule as Rule} />
          ) : (
            <span>{t.unknown}</span>
          )
        }
      </Reading>
      <Link to={`/people/customers/${customerId}`}>{t.profile}</Link>
    </div>
  );
}

function Recipient({ useId, person }: { useId: number; person: SamplePerson }) {
  const t = useText(words);
  const [open, setOpen] = useState(false);
  return (
    <div>
      <button
        type="button"
        className={styles.panelRow}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Person name={person.name} url={person.avatar_url} />
        <span className={styles.faint}>
          {t.why} {open ? <UpOutlined /> : <DownOutlined />}
        </span>
      </button>
      {open && <Why useId={useId} customerId={person.id} />}
    </div>
  );
}

function Recipients({ use }: { use: AudienceUseDetail }) {
  const t = useText(words);
  const pages = useRecipients(use.id);
  return (
    <Section title={t.recipients}>
      {use.size === null && <p className={styles.faint}>{t.own}</p>}
      <Reading query={{ ...pages, data: pages.items }}>
        {(people) => (
          <>
            {people.length === 0 && <p className={styles.faint}>{t.nobody}</p>}
            {people.map((one) => (
              <Recipient key={one.id} useId={use.id} person={one} />
            ))}
            {pages.hasNextPage && (
              <Button
                size="small"
                loading={pages.isFetchingNextPage}
                onClick={() => pages.fetchNextPage()}
              >
                {t.more}
              </Button>
            )}
          </>
        )}
      </Reading>
    </Section>
  );
}

/** How many were left out, by reason. */
export function useExcluded(): (excluded: Readonly<Record<string, number>>) => string {
  const detail = useText(detailWords);
  return (excluded) =>
    Object.entries(excluded)
      .map(([why, count]) => `${detail.reasons[why] ?? why} ${formatCount(count)}`)
      .join("、") || "—";
}

function Whole({ use }: { use: AudienceUseDetail }) {
  const t = useText(words);
  const detail = useText(detailWords);
  const excluded = useExcluded();
  const rule = use.rule as Rule;
  const world = useRuleWorldOf([rule]);
  const figures = [
    { name: t.at, value: <Moment at={use.at} /> },
    { name: t.by, value: use.by?.name ?? t.system },
    { name: t.version, value: detail.version(use.version) },
    { name: t.people, value: use.size === null ? t.hidden : formatCount(use.size) },
    ...(use.marketing && use.size !== null
      ? [{ name: t.excluded, value: excluded(use.excluded) }]
      : []),
  ];
  return (
    <>
      <Section title={detail.useKinds[use.kind] ?? use.purpose}>
        <div className={styles.figures}>
          {figures.map(({ name, value }) => (
            <dl key={name} className={styles.figure}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </dl>
          ))}
        </div>
        <p className={styles.faint} style={{ marginTop: 12 }}>
          {t.rule}
        </p>
        <p className={styles.sentence}>
          {world.data && sentenceOf(rule, world.data.names, world.data.language)}
        </p>
        {use.stands_on.length > 0 && (
          <p className={styles.faint}>
            {t.stood}{" "}
            {use.stands_on.map((one) => (
              <Link
                key={one.id}
                to={`/people/audiences/${one.id}?tab=versions`}
                style={{ marginRight: 8 }}
              >
                {one.name} · {detail.version(one.version)}
              </Link>
            ))}
          </p>
        )}
      </Section>
      <Reading query={world}>
        {(found) => (
          <RuleWorldProvider value={found}>
            <Recipients use={use} />
          </RuleWorldProvider>
        )}
      </Reading>
    </>
  );
}

/** What an audience was used for, once: whom it reached, and why each of them. */
export function UseDrawer({ id, onClose }: { id: number; onClose: () => void }) {
  const t = useText(words);
  return (
    <Drawer
      open
      width={560}
      onClose={onClose}
      title={t.title}
      styles={{ body: { background: "var(--paper)", padding: 16 } }}
    >
      <Reading query={useUse(id)}>{(use) => <Whole use={use} />}</Reading>
    </Drawer>
  );
}
