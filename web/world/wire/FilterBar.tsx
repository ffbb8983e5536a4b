import { useText } from "@kit/i18n/messages.ts";
import type { LogKind } from "../api/types.ts";
import ui from "../ui/ui.module.css";
import type { Filter } from "./filter.ts";
import css from "./wire.module.css";
import { wireWords } from "./words.ts";

const KINDS: LogKind[] = [
  "callback",
  "api",
  "oauth",
  "js",
  "page",
  "beat",
  "order",
  "verify",
  "fault",
];

/** Narrows what is seen: by kind, by path or content, to what went wrong. */
export function FilterBar({
  filter,
  onChange,
}: {
  filter: Filter;
  onChange: (filter: Filter) => void;
}) {
  const text = useText(wireWords);
  const toggle = (kind: LogKind) => {
    const kinds = new Set(filter.kinds);
    if (!kinds.delete(kind)) kinds.add(kind);
    onChange({ ...filter, kinds });
  };
  return (
    <>
      <div className={css.find}>
        <input
          type="search"
          className={ui.input}
          value={filter.text}
          placeholder={text.filterPath}
          aria-label={text.filterPath}
          onChange={(event) => onChange({ ...filter, text: event.target.value })}
        />
        <label>
          <input
            type="checkbox"
            checked={filter.wrong}
            onChange={(event) => onChange({ ...filter, wrong: event.target.checked })}
          />
          {text.onlyWrong}
        </label>
      </div>
      <div className={css.kinds}>
        {KINDS.map((kind) => (
          <button
            key={kind}
            type="button"
            className={css.kind}
            aria-pressed={filter.kinds.has(kind)}
            onClick={() => toggle(kind)}
          >
            {text.kinds[kind]}
          </button>
        ))}
      </div>
    </>
  );
}
