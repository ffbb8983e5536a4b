import { Problem, sentenceOf } from "@kit/api/problem.ts";
import { PageHead } from "@kit/desk/PageHead.tsx";
import { formatCount } from "@kit/format/numbers.ts";
import { useText } from "@kit/i18n/messages.ts";
import { App, Button } from "antd";
import { useEffect, useMemo, useState } from "react";
import { Link, useNavigate } from "react-router";
import { type AudienceDraft, writeDraft } from "../draft.ts";
import { useAudienceActs } from "../hooks/useAudiences.ts";
import { usePreview } from "../hooks/usePreview.ts";
import type { useRuleDesk } from "../hooks/useRuleDesk.ts";
import { useWhy } from "../hooks/useWhy.ts";
import { isComplete } from "../rule/complete.ts";
import { problemsOf } from "../rule/problems.ts";
import { countedOf, leavesOf, ruleOf } from "../rule/tree.ts";
import { audienceWords } from "../words.ts";
import { Basics } from "./Basics.tsx";
import styles from "./Builder.module.css";
import type { BuilderProps } from "./Builder.tsx";
import { builderWords } from "./builderWords.ts";
import { LivePanel } from "./live/LivePanel.tsx";
import type { Someone } from "./live/PersonFinder.tsx";
import { RuleSheet } from "./RuleSheet.tsx";
import { marksOf } from "./tree/marks.ts";
import { followingOf, UsedByList } from "./UsedBy.tsx";

type DeskProps = BuilderProps & { desk: ReturnType<typeof useRuleDesk> };

/** Left what is set, right whom it means right now, below what saving does. */
export function BuilderDesk({ audience, initial, restored, onDiscard, desk }: DeskProps) {
  const t = useText(builderWords);
  const names = useText(audienceWords);
  const navigate = useNavigate();
  const { message } = App.useApp();
  const { create, change } = useAudienceActs();
  const [basics, setBasics] = useState({
    name: initial.name,
    description: initial.description,
    dynamic: initial.dynamic,
  });
  /** The version that saving replaces. */
  const [base, setBase] = useState(initial.version ?? audience?.version);
  const [nameMissing, setNameMissing] = useState(false);
  const [person, setPerson] = useState<Someone | null>(null);

  const { tree } = desk;
  const isList = audience?.kind === "list";
  const counted = useMemo(() => countedOf(tree, isComplete), [tree]);
  const rule = useMemo(() => ruleOf(counted), [counted]);
  const unfinished = leavesOf(tree).length - leavesOf(counted).length;
  const preview = usePreview(rule, audience?.id);
  const why = useWhy(person?.id, rule);
  const marks = useMemo(
    () => (why.data ? marksOf(why.data.why, counted) : undefined),
    [why.data, counted],
  );
  const saving = audience ? change : create;
  const problems = useMemo(
    () => problemsOf(saving.error ?? preview.failure, counted),
    [saving.error, preview.failure, counted],
  );

  const [touched, setTouched] = useState(restored);
  useEffect(() => {
    if (!touched) return;
    const draft: AudienceDraft = { ...basics, rule: ruleOf(tree), version: base };
    writeDraft(audience?.id ?? "new", draft);
  }, [touched, basics, tree, audience?.id, base]);

  function save(): void {
    const name = basics.name.trim();
    setNameMissing(!name);
    if (!name) return;
    const done = {
      onSuccess: ({ id }: { id: number }) => {
        setTouched(false);
        writeDraft(audience?.id ?? "new", null);
        message.success(t.saved);
        navigate(`/people/audiences/${id}`);
      },
      onError: (failure: unknown) => {
        if (problemsOf(failure, counted).size) message.error(t.failedRule);
        else if (failure instanceof Problem && failure.errors.length) {
          message.error(sentenceOf(failure));
        }
      },
    };
    const values = { ...basics, name };
    if (!audience) {
      create.mutate({ ...values, kind: "rule", rule }, done);
      return;
    }
    const version = base ?? audience.version;
    const body = isList ? { ...values, dynamic: false, version } : { ...values, rule, version };
    change.mutate({ id: audience.id, body }, done);
  }

  const overtaken = saving.error instanceof Problem && saving.error.code === "audience_changed";
  const following = audience ? followingOf(audience.used_by) : [];
  const old = audience !== undefined && base !== audience.version;
  const back = audience
    ? { to: `/people/audiences/${audience.id}`, label: audience.name }
    : { to: "/people/audiences", label: names.audiences };
  return (
    <>
      <PageHead title={audience ? t.edit(audience.name) : t.add} back={back} />
      <div className={styles.builder}>
        <div className={styles.main}>
          {restored && touched && (
            <div className={styles.told}>
              {old ? t.restoredOld : t.restored}
              {old && (
                <Button type="link" size="small" onClick={() => setBase(audience.version)}>
                  {t.mine}
                </Button>
              )}
              <Button type="link" size="small" onClick={onDiscard}>
                {t.discard}
              </Button>
            </div>
          )}
          {audience && following.length > 0 && (
            <div className={styles.told}>
              <span>{t.usedBy}</span>
              <UsedByList audienceId={audience.id} standing={following} />
            </div>
          )}
          <div className={styles.sheet}>
            <Basics
              values={basics}
              isList={isList}
              nameMissing={nameMissing && !basics.name.trim()}
              onChange={(values) => {
                setTouched(true);
                setBasics(values);
              }}
            />
          </div>
          {isList ? (
            <p className={styles.hint}>{t.isList}</p>
          ) : (
            <RuleSheet
              desk={{
                ...desk,
                change: (next, about) => {
                  setTouched(true);
                  desk.change(next, about);
                },
              }}
              marks={person ? marks : undefined}
              problems={problems}
              onTemplate={(name) =>
                setBasics((values) => (values.name ? values : { ...values, name }))
              }
            />
          )}
          {overtaken && audience && old && (
            <div className={styles.told} role="alert">
              {t.changed}
              <Button type="link" size="small" onClick={() => setBase(audience.version)}>
                {t.mine}
              </Button>
              <Link to={`/people/audiences/${audience.id}`} target="_blank">
                {t.reload}
              </Link>
            </div>
          )}
          <div className={styles.foot}>
            <Button
              type="primary"
              size="large"
              disabled={unfinished > 0}
              loading={saving.isPending}
              onClick={save}
            >
              {audience ? t.save : t.create}
            </Button>
            <span className={styles.hint}>
              {unfinished > 0 ? t.unfinished : touched && t.draft}
            </span>
            {!isList && preview.answer && (
              <span className={styles.footCount}>
                {t.people(formatCount(preview.answer.count))}
              </span>
            )}
          </div>
        </div>
        {!isList && (
          <aside className={styles.side}>
            <LivePanel
              rule={rule}
              unfinished={unfinished}
              preview={preview}
              person={person}
              verdict={why.data?.member}
              onPerson={setPerson}
            />
          </aside>
        )}
      </div>
    </>
  );
}
