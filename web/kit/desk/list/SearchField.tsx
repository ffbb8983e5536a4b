import { SearchOutlined } from "@ant-design/icons";
import { Input } from "antd";
import { useEffect, useEffectEvent, useRef, useState } from "react";

/** How long the typing has to pause before it is searched for. */
const PAUSE_MS = 400;

export type SearchFieldProps = {
  value: string | undefined;
  placeholder: string;
  onChange: (value: string) => void;
};

/** Words to search by: searched for as they are typed, and at once by Enter. */
export function SearchField({ value = "", placeholder, onChange }: SearchFieldProps) {
  const [typed, setTyped] = useState(value);
  // Letters of an input method are not words yet.
  const [composing, setComposing] = useState(false);
  const told = useRef(value);
  const tell = (text: string) => {
    const wanted = text.trim();
    if (wanted === told.current) return;
    told.current = wanted;
    onChange(wanted);
  };
  const settle = useEffectEvent(tell);
  useEffect(() => {
    if (composing) return;
    const timer = setTimeout(() => settle(typed), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, composing]);
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    setTyped(value);
  }, [value]);
  return (
    <Input
      allowClear
      value={typed}
      placeholder={placeholder}
      prefix={<SearchOutlined style={{ color: "var(--ink-faint)" }} />}
      onChange={(event) => setTyped(event.target.value)}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
      onPressEnter={(event) => tell(event.currentTarget.value)}
      onClear={() => tell("")}
      style={{ width: 240 }}
    />
  );
}
