import { CloseOutlined, DownOutlined } from "@ant-design/icons";
import { Button, Dropdown, Input } from "antd";
import { type ReactNode, useState } from "react";
import { defineMessages, useText } from "../../i18n/messages.ts";
import styles from "./list.module.css";
import { SearchField, type SearchFieldProps } from "./SearchField.tsx";

const words = defineMessages({
  zh: {
    clear: "清除全部",
    remove: (name: string) => `清除筛选：${name}`,
    find: "查找",
    colon: "：",
  },
  en: { clear: "Clear all", remove: (name) => `Clear filter: ${name}`, find: "Find", colon: ": " },
});

export type FilterOption = { value: string; label: string };

type FilterChipProps = {
  name: string;
  value: string | undefined;
  options: readonly FilterOption[] | undefined;
  onChange: (value: string) => void;
};

const FIND_FROM = 8;

/** One filter: dashed while unset; when set it says its value and can be taken away. */
export function FilterChip({ name, value, options = [], onChange }: FilterChipProps) {
  const t = useText(words);
  const [find, setFind] = useState("");
  const label = options.find((option) => option.value === value)?.label ?? value;
  const shown = options.filter((option) => option.label.toLowerCase().includes(find.toLowerCase()));
  return (
    <Dropdown
      trigger={["click"]}
      onOpenChange={(open) => !open && setFind("")}
      menu={{
        items: shown.map((option) => ({ key: option.value, label: option.label })),
        selectedKeys: value ? [value] : [],
        style: { maxHeight: 320, overflowY: "auto", boxShadow: "none" },
        onClick: ({ key }) => onChange(key),
      }}
      popupRender={(menu) => (
        <div style={{ background: "var(--raised)", borderRadius: 8, boxShadow: SHADOW }}>
          {options.length > FIND_FROM && (
            <div style={{ padding: "8px 8px 0" }}>
              <Input
                size="small"
                placeholder={t.find}
                value={find}
                onChange={(event) => setFind(event.target.value)}
              />
            </div>
          )}
          {menu}
        </div>
      )}
    >
      <button type="button" className={`${styles.chip} ${value ? styles.set : ""}`}>
        {name}
        {value ? (
          <>
            {t.colon}
            <strong>{label}</strong>
            {/* biome-ignore lint/a11y/useSemanticElements: a button may not hold a button */}
            <span
              role="button"
              tabIndex={0}
              aria-label={t.remove(name)}
              className={styles.remove}
              onClick={(event) => {
                event.stopPropagation();
                onChange("");
              }}
              onKeyDown={(event) => {
                if (event.key !== "Enter" && event.key !== " ") return;
                event.stopPropagation();
                onChange("");
              }}
            >
              <CloseOutlined />
            </span>
          </>
        ) : (
          <DownOutlined style={{ fontSize: 10 }} />
        )}
      </button>
    </Dropdown>
  );
}

const SHADOW = "0 6px 24px rgb(0 0 0 / 14%)";

type FilterBarProps = {
  search?: SearchFieldProps;
  filtered: boolean;
  onClear: () => void;
  children?: ReactNode;
};

export function FilterBar({ search, filtered, onClear, children }: FilterBarProps) {
  const t = useText(words);
  return (
    <div className={styles.bar}>
      {search && <SearchField {...search} />}
      {children}
      {filtered && (
        <Button type="link" size="small" onClick={onClear}>
          {t.clear}
        </Button>
      )}
    </div>
  );
}
