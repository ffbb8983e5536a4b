import { focusOnceShown } from "@kit/desk/focusOnceShown.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Modal } from "antd";
import { type KeyboardEvent, useState } from "react";
import { useNavigate } from "react-router";
import styles from "./Palette.module.css";
import { type Found, useFindings } from "./useFindings.ts";

const words = defineMessages({
  zh: {
    find: "输入页面、客户、活码或内容的名字",
    none: "没有找到",
    label: "快速前往",
  },
  en: { find: "Name a page, customer, code or article", none: "Nothing found", label: "Go to" },
});

/** ⌘K: jumps to any page, customer, code or material by name. */
export function Palette({ onClose }: { onClose: () => void }) {
  const t = useText(words);
  const navigate = useNavigate();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const found = useFindings(query);
  const chosen = Math.min(at, found.length - 1);

  function go(target: Found | undefined) {
    if (!target) return;
    onClose();
    navigate(target.to);
  }

  function onKey(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step) {
      event.preventDefault();
      setAt((chosen + step + found.length) % Math.max(found.length, 1));
    } else if (event.key === "Enter") go(found[chosen]);
  }

  return (
    <Modal
      open
      onCancel={onClose}
      footer={null}
      closable={false}
      width={560}
      style={{ top: 96 }}
      styles={{ content: { padding: 0, overflow: "hidden" } }}
    >
      <input
        className={styles.input}
        ref={focusOnceShown}
        role="combobox"
        aria-expanded="true"
        aria-controls="palette"
        aria-label={t.label}
        aria-activedescendant={found[chosen] ? `palette-${chosen}` : undefined}
        placeholder={t.find}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKey}
      />
      <div className={styles.list} id="palette" role="listbox" aria-label={t.label}>
        {found.map((item, index) => (
          <div key={`${item.group} ${item.to}`}>
            {item.group !== found[index - 1]?.group && (
              <div className={styles.group}>{item.group}</div>
            )}
            <button
              type="button"
              id={`palette-${index}`}
              role="option"
              aria-selected={index === chosen}
              className={styles.item}
              onMouseMove={() => setAt(index)}
              onClick={() => go(item)}
            >
              {item.label}
              {item.note && <span className={styles.note}>{item.note}</span>}
            </button>
          </div>
        ))}
        {found.length === 0 && <p className={styles.none}>{t.none}</p>}
      </div>
    </Modal>
  );
}
