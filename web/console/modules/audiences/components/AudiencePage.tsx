import {
  CopyOutlined,
  EditOutlined,
  InboxOutlined,
  ReloadOutlined,
  UserAddOutlined,
} from "@ant-design/icons";
import type { Audience } from "@kit/api/types.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { PageHead, Section } from "@kit/desk/PageHead.tsx";
import { Reading } from "@kit/desk/states.tsx";
import { useConfirm } from "@kit/desk/useConfirm.tsx";
import { formatCount } from "@kit/format/numbers.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { App, Button, Tabs, Tag } from "antd";
import { useState } from "react";
import { Link, useNavigate, useParams, useSearchParams } from "react-router";
import { MAY } from "../../../permissions.ts";
import { isBuilding, useAudience, useAudienceActs } from "../hooks/useAudiences.ts";
import { useRuleWorldOf } from "../hooks/useRuleWorld.ts";
import type { Rule } from "../rule/language.ts";
import { sentenceOf } from "../rule/sentence.ts";
import { audienceWords } from "../words.ts";
import { AudienceDeeds } from "./AudienceDeeds.tsx";
import styles from "./Audiences.module.css";
import { BuildBanner } from "./BuildBanner.tsx";
import { detailWords } from "./detailWords.ts";
import { KindTag } from "./KindTag.tsx";
import { MembersTab } from "./MembersTab.tsx";
import { PastePeople } from "./PastePeople.tsx";
import { SizesTab } from "./SizesTab.tsx";
import { Trend } from "./Trend.tsx";
import { UsedByList } from "./UsedBy.tsx";
import { UsesTab } from "./UsesTab.tsx";
import { VersionsTab } from "./VersionsTab.tsx";

/** The main figures and the rule as a sentence. */
function Summary({ audience }: { audience: Audience }) {
  const t = useText(detailWords);
  const rule = audience.rule as Rule | null;
  const world = useRuleWorldOf([rule]);
  return (
    <Section>
      <div className={styles.figures}>
        <dl className={`${styles.figure} ${styles.large}`}>
          <dt>{t.people}</dt>
          <dd data-testid="size">{audience.size === null ? "—" : formatCount(audience.size)}</dd>
          <Trend points={audience.trend} />
        </dl>
        <dl className={styles.figure}>
          <dt>{audience.dynamic ? t.kept : t.asOf}</dt>
          <dd>
            <Moment at={audience.checked_at} />
          </dd>
        </dl>
        {audience.dynamic && (
          <dl className={styles.figure}>
            <dt>{t.moved}</dt>
            <dd>
              <Moment at={audience.as_of} />
            </dd>
          </dl>
        )}
        <dl className={styles.figure}>
          <dt>{t.built}</dt>
          <dd>
            <Moment at={audience.built_at} />
          </dd>
        </dl>
        <dl className={styles.figure}>
          <dt>{t.created}</dt>
          <dd>
            {audience.created_by?.name} <Moment at={audience.created_at} />
          </dd>
        </dl>
      </div>
      {audience.size === null && audience.built_at && <p className={styles.faint}>{t.hidden}</p>}
      <div style={{ height: 12 }} />
      <p className={styles.faint}>{t.rule}</p>
      <p className={styles.sentence}>
        {rule ? world.data && sentenceOf(rule, world.data.names, world.data.language) : t.isList}
      </p>
      {audience.stands_on.length > 0 && (
        <p className={styles.faint}>
          {t.stands}{" "}
          {audience.stands_on.map((one) => (
            <Link key={one.id} to={`/people/audiences/${one.id}`} style={{ marginRight: 8 }}>
              {one.name}
            </Link>
          ))}
        </p>
      )}
    </Section>
  );
}

function Acts({ audience }: { audience: Audience }) {
  const t = useText(detailWords);
  const navigate = useNavigate();
  const confirm = useConfirm();
  const { message } = App.useApp();
  const acts = useAudienceActs();
  const { id, name } = audience;
  const needing = audience.used_by.filter((one) => one.needs);
  const may = useMay();
  const [pasting, setPasting] = useState(false);
  return (
    <>
      {audience.kind === "list" && may(MAY.readCustomers) && (
        <Button icon={<UserAddOutlined />} onClick={() => setPasting(true)}>
          {t.paste}
        </Button>
      )}
      {audience.kind === "rule" && (
        <Button
          icon={<ReloadOutlined />}
          loading={acts.build.isPending}
          disabled={isBuilding(audience.build)}
          onClick={() => acts.build.mutate(id)}
        >
          {t.build}
        </Button>
      )}
      <Button
        icon={<CopyOutlined />}
        loading={acts.copy.isPending}
        onClick={() =>
          acts.copy.mutate(id, {
            onSuccess: (twin) => {
              message.success(t.copyDone);
              navigate(`/people/audiences/${twin.id}/edit`);
            },
          })
        }
      >
        {t.copy}
      </Button>
      <Button
        icon={<InboxOutlined />}
        onClick={() =>
          confirm({
            title: t.archiveAsk(name),
            body: (
              <>
                {needing.length > 0 ? t.standing : t.archiveText}
                {audience.used_by.length > 0 && (
                  <>
                    {needing.length === 0 && <div>{t.losing}</div>}
                    <UsedByList
                      audienceId={id}
                      standing={needing.length > 0 ? needing : audience.used_by}
                    />
                  </>
                )}
              </>
            ),
            action: t.archive,
            run: () => acts.archive.mutateAsync(id),
          })
        }
      >
        {t.archive}
      </Button>
      <Link to={`/people/audiences/${id}/edit`}>
        <Button type="primary" icon={<EditOutlined />}>
          {t.edit}
        </Button>
      </Link>
      {pasting && <PastePeople id={id} onClose={() => setPasting(false)} />}
    </>
  );
}

const TABS = ["members", "sizes", "versions", "uses"] as const;

function Whole({ audience }: { audience: Audience }) {
  const t = useText(detailWords);
  const names = useText(audienceWords);
  const mayWrite = useMay()(MAY.writeAudiences);
  const { build, cancel } = useAudienceActs();
  const [search, setSearch] = useSearchParams();
  const { id } = audience;
  const tab = TABS.find((one) => one === search.get("tab")) ?? "members";
  const children = {
    members: <MembersTab audience={audience} mayWrite={mayWrite} />,
    sizes: <SizesTab id={id} />,
    versions: <VersionsTab audience={audience} mayWrite={mayWrite} />,
    uses: <UsesTab audience={audience} />,
  };
  return (
    <>
      <PageHead
        title={audience.name}
        mark={
          <>
            <KindTag {...audience} />
            <Tag style={{ margin: 0 }}>{t.version(audience.version)}</Tag>
          </>
        }
        note={audience.description}
        back={{ to: "/people/audiences", label: names.audiences }}
        actions={
          !audience.archived_at && (
            <>
              <AudienceDeeds audience={audience} />
              {mayWrite && <Acts audience={audience} />}
            </>
          )
        }
      />
      <BuildBanner
        audience={audience}
        cancelling={cancel.isPending}
        onCancel={mayWrite ? () => cancel.mutate(id) : undefined}
        onBuild={mayWrite ? () => build.mutate(id) : undefined}
      />
      <Summary audience={audience} />
      <Section>
        <Tabs
          activeKey={tab}
          onChange={(next) => setSearch({ tab: next }, { replace: true })}
          destroyOnHidden
          items={TABS.map((key) => ({ key, label: t[key], children: children[key] }))}
        />
      </Section>
    </>
  );
}

/** An audience: how many, by which rule, who, how it went and what it is used for. */
export function AudiencePage() {
  const { id } = useParams();
  return <Reading query={useAudience(Number(id))}>{(found) => <Whole audience={found} />}</Reading>;
}
