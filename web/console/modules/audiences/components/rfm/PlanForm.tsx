import { sentenceOf } from "@kit/api/problem.ts";
import type { RfmCuts, RfmPlan, RfmView } from "@kit/api/types.ts";
import { useText } from "@kit/i18n/messages.ts";
import { Checkbox, InputNumber, Modal, Segmented, Select } from "antd";
import { useState } from "react";
import { useRfmActs } from "../../hooks/useRfm.ts";
import styles from "./Rfm.module.css";
import { rfmWords } from "./words.ts";

const DAY = 86_400;
const DAYS = 365;
const FOUR = [0, 1, 2, 3];
const SIDES = ["recency_days", "frequency", "money_fen"] as const;
type Side = (typeof SIDES)[number];

type Typed = Record<Side, (number | null)[]>;

/** What fixed thresholds begin with: the plan's own, else those in force. */
function beginning({ plan, version }: RfmView): Typed {
  const cuts: RfmCuts = plan.cuts ?? {
    recency_days: version?.recency_seconds.map((one) => Math.max(1, Math.round(one / DAY))) ?? [],
    frequency: version?.frequency ?? [],
    money_fen: version?.money_fen ?? [],
  };
  const four = (values: number[]) => FOUR.map((at) => values[at] ?? null);
  return {
    recency_days: four(cuts.recency_days),
    frequency: four(cuts.frequency),
    money_fen: four(cuts.money_fen),
  };
}

/** Four numbers that rise; undefined while they do not. */
export function ascending(values: readonly (number | null)[]): number[] | undefined {
  const numbers = values.filter((value) => value !== null);
  const rises = numbers.every((value, at) => at === 0 || value >= (numbers[at - 1] ?? 0));
  return numbers.length === FOUR.length && rises ? numbers : undefined;
}

function cutsOf(typed: Typed): RfmCuts | undefined {
  const [recency_days, frequency, money_fen] = SIDES.map((side) => ascending(typed[side]));
  return recency_days && frequency && money_fen
    ? { recency_days, frequency, money_fen }
    : undefined;
}

/** How scores are made: in equal parts, or by fixed thresholds. */
export function PlanForm({ rfm, onClose }: { rfm: RfmView; onClose: () => void }) {
  const t = useText(rfmWords);
  const { plan: act } = useRfmActs();
  const [plan, setPlan] = useState<RfmPlan>(rfm.plan);
  const [typed, setTyped] = useState<Typed>(() => beginning(rfm));
  const labels = {
    recency_days: t.recencyCuts,
    frequency: t.frequencyCuts,
    money_fen: t.moneyCuts,
  };
  const fixed = plan.mode === "fixed";
  const cuts = cutsOf(typed);
  const days = plan.window_days ?? null;
  return (
    <Modal
      open
      title={t.edit}
      okText={t.save}
      cancelText={t.cancel}
      okButtonProps={{ disabled: fixed && !cuts, loading: act.isPending }}
      onCancel={onClose}
      onOk={() =>
        act.mutate({ ...plan, cuts: fixed ? cuts : (plan.cuts ?? null) }, { onSuccess: onClose })
      }
    >
      <div className={styles.form}>
        <div className={styles.field}>
          {t.mode}
          <Segmented
            value={plan.mode}
            options={(["quantile", "fixed"] as const).map((value) => ({
              value,
              label: t.modes[value],
            }))}
            onChange={(mode) => setPlan({ ...plan, mode })}
          />
          <span className={styles.faint}>{t.modesMean[plan.mode]}</span>
        </div>
        {fixed ? (
          SIDES.map((side) => {
            const scale = side === "money_fen" ? 100 : 1;
            return (
              <div key={side} className={styles.field}>
                {labels[side]}
                <div className={styles.four}>
                  {FOUR.map((at) => {
                    const value = typed[side][at] ?? null;
                    return (
                      <InputNumber
                        key={at}
                        aria-label={`${labels[side]} ${at + 1}`}
                        min={0}
                        precision={scale === 1 ? 0 : 2}
                        style={{ width: "100%" }}
                        value={value === null ? null : value / scale}
                        onChange={(next) =>
                          setTyped({
                            ...typed,
                            [side]: typed[side].with(
                              at,
                              next === null ? null : Math.round(next * scale),
                            ),
                          })
                        }
                      />
                    );
                  })}
                </div>
                {!ascending(typed[side]) && <span className={styles.wrong}>{t.ascending}</span>}
              </div>
            );
          })
        ) : (
          <>
            <div className={styles.field}>
              {t.window}
              <div style={{ display: "flex", gap: 12, alignItems: "center", flexWrap: "wrap" }}>
                <InputNumber
                  aria-label={t.window}
                  min={1}
                  max={3650}
                  precision={0}
                  disabled={days === null}
                  value={days}
                  onChange={(next) => next && setPlan({ ...plan, window_days: next })}
                />
                <Checkbox
                  checked={days === null}
                  onChange={({ target }) =>
                    setPlan({ ...plan, window_days: target.checked ? null : DAYS })
                  }
                >
                  {t.windowAll}
                </Checkbox>
              </div>
              <span className={styles.faint}>{t.windowHint}</span>
            </div>
            <Checkbox
              checked={plan.enabled ?? true}
              onChange={({ target }) => setPlan({ ...plan, enabled: target.checked })}
            >
              {t.enabled}
            </Checkbox>
            {(plan.enabled ?? true) && (
              <div className={styles.field}>
                {t.hour}
                <Select
                  aria-label={t.hour}
                  style={{ width: 100 }}
                  value={plan.hour ?? 4}
                  options={Array.from({ length: 24 }, (_, hour) => ({
                    value: hour,
                    label: `${String(hour).padStart(2, "0")}:00`,
                  }))}
                  onChange={(hour) => setPlan({ ...plan, hour })}
                />
              </div>
            )}
          </>
        )}
        {act.error && <span className={styles.wrong}>{sentenceOf(act.error)}</span>}
      </div>
    </Modal>
  );
}
