import { useText } from "@kit/i18n/messages.ts";
import css from "./phone.module.css";
import { phoneWords } from "./words.ts";

const MOST = 200;

type Among = { key: string; name: string };

/** Boxes to tick, one for each of many; beyond two hundred only all together. */
export function Choice({
  label,
  among,
  chosen,
  onChange,
}: {
  label: string;
  among: Among[];
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
}) {
  const text = useText(phoneWords);
  const toggle = (key: string) => {
    const next = new Set(chosen);
    if (!next.delete(key)) next.add(key);
    onChange(next);
  };
  const all = chosen.size === among.length && among.length > 0;
  return (
    <fieldset className={css.choice}>
      <legend className={css.soft}>
        {label} · {text.chosen(chosen.size, among.length)}
      </legend>
      <label>
        <input
          type="checkbox"
          checked={all}
          onChange={() => onChange(new Set(all ? [] : among.map((one) => one.key)))}
        />
        {text.everybody}
      </label>
      {among.slice(0, MOST).map((one) => (
        <label key={one.key}>
          <input type="checkbox" checked={chosen.has(one.key)} onChange={() => toggle(one.key)} />
          {one.name}
        </label>
      ))}
      {among.length > MOST && <p className={css.soft}>{text.notShown(among.length - MOST)}</p>}
    </fieldset>
  );
}
