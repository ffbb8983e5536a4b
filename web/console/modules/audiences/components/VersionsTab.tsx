import type { Audience, AudienceVersion } from "@kit/api/types.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { Reading } from "@kit/desk/states.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { Button, Tag } from "antd";
import { useNavigate } from "react-router";
import { writeDraft } from "../draft.ts";
import { useVersions } from "../hooks/useAudiences.ts";
import { useRuleWorldOf } from "../hooks/useRuleWorld.ts";
import { differencesOf } from "../rule/differences.ts";
import type { Rule } from "../rule/language.ts";
import styles from "./Audiences.module.css";
import { detailWords } from "./detailWords.ts";
import { RuleWorldProvider, useSentence } from "./RuleWorld.ts";

/** What a version changed, in words. */
function Changes({ before, after }: { before: Rule | undefined; after: Rule }) {
  const t = useText(detailWords);
  const say = useSentence();
  if (!before) return <p className={styles.changes}>{`${t.first}：${say(after)}`}</p>;
  const { added, removed, regrouped } = differencesOf(before, after);
  const none = !added.length && !removed.length;
  return (
    <div className={styles.changes}>
      {removed.map((rule, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes
        <span key={index} className={styles.removed}>
          − {say(rule)}
        </span>
      ))}
      {added.map((rule, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <span key={index} className={styles.added}>
          ＋ {say(rule)}
        </span>
      ))}
      {none && <span>{regrouped ? `${t.regrouped}：${say(after)}` : t.same}</span>}
    </div>
  );
}

type OneProps = {
  audience: Audience;
  version: AudienceVersion;
  before: AudienceVersion | undefined;
  mayWrite: boolean;
};

function One({ audience, version, before, mayWrite }: OneProps) {
  const t = useText(detailWords);
  const navigate = useNavigate();
  const current = version.version === audience.version;

  function beginFrom(): void {
    const { id, name, description, dynamic } = audience;
    writeDraft(id, {
      name,
      description,
      dynamic,
      rule: version.rule as Rule,
      version: audience.version,
    });
    navigate(`/people/audiences/${id}/edit`);
  }

  return (
    <div className={styles.version}>
      <div className={styles.versionHead}>
        <strong>{t.version(version.version)}</strong>
        {current && (
          <Tag color="success" style={{ margin: 0 }}>
            {t.current}
          </Tag>
        )}
        <span className={styles.faint}>
          {version.by?.name} <Moment at={version.at} />
        </span>
        {!current && mayWrite && !audience.archived_at && (
          <Button type="link" size="small" onClick={beginFrom}>
            {t.restore}
          </Button>
        )}
      </div>
      <Changes before={before?.rule as Rule | undefined} after={version.rule as Rule} />
    </div>
  );
}

/** The versions of the rule, each told by what it changed. */
export function VersionsTab({ audience, mayWrite }: { audience: Audience; mayWrite: boolean }) {
  const t = useText(detailWords);
  const pages = useVersions(audience.id);
  const { items = [] } = pages;
  const world = useRuleWorldOf(items.map((one) => one.rule as Rule));
  if (audience.kind === "list") return <p className={styles.faint}>{t.isList}</p>;
  return (
    <Reading query={pages}>
      {() => (
        <Reading query={world}>
          {(found) => (
            <RuleWorldProvider value={found}>
              {items.map((version, index) => (
                <One
                  key={version.version}
                  audience={audience}
                  version={version}
                  before={items[index + 1]}
                  mayWrite={mayWrite}
                />
              ))}
              {pages.hasNextPage && (
                <Button
                  size="small"
                  loading={pages.isFetchingNextPage}
                  onClick={() => pages.fetchNextPage()}
                >
                  …
                </Button>
              )}
            </RuleWorldProvider>
          )}
        </Reading>
      )}
    </Reading>
  );
}
