import { useText } from "@kit/i18n/messages.ts";
import { Input, Segmented } from "antd";
import { audienceWords } from "../words.ts";
import styles from "./Builder.module.css";
import { builderWords } from "./builderWords.ts";

export type BasicValues = { name: string; description: string; dynamic: boolean };

type BasicsProps = {
  values: BasicValues;
  onChange: (values: BasicValues) => void;
  /** A list does not follow a rule. */
  isList: boolean;
  nameMissing: boolean;
};

/** What an audience is called and how it is kept. */
export function Basics({ values, onChange, isList, nameMissing }: BasicsProps) {
  const t = useText(builderWords);
  const names = useText(audienceWords);
  const kind = values.dynamic ? "dynamic" : "static";
  return (
    <div className={styles.basics}>
      <label className={styles.field} htmlFor="audience-name">
        {t.name}
        <Input
          id="audience-name"
          value={values.name}
          maxLength={60}
          placeholder={t.namePlace}
          status={nameMissing ? "error" : undefined}
          onChange={(event) => onChange({ ...values, name: event.target.value })}
        />
        {nameMissing && <span className={styles.wrong}>{t.nameNeeded}</span>}
      </label>
      <label className={styles.field} htmlFor="audience-description">
        {t.description}
        <Input
          id="audience-description"
          value={values.description}
          maxLength={500}
          placeholder={t.descriptionPlace}
          onChange={(event) => onChange({ ...values, description: event.target.value })}
        />
      </label>
      {!isList && (
        <div className={`${styles.field} ${styles.whole}`}>
          {t.kind}
          <div>
            <Segmented
              value={kind}
              options={(["dynamic", "static"] as const).map((value) => ({
                value,
                label: names.kinds[value],
              }))}
              onChange={(next) => onChange({ ...values, dynamic: next === "dynamic" })}
            />
          </div>
          <span className={styles.hint}>{names.kindsMean[kind]}</span>
        </div>
      )}
    </div>
  );
}
