import { Avatar } from "antd";
import type { ReactNode } from "react";
import { CHART_SERIES } from "../theme/tokens.ts";
import styles from "./Person.module.css";

/** The same name always gets the same ground, so that faces without a picture stay apart. */
function groundOf(name: string): string {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 997;
  return CHART_SERIES[sum % CHART_SERIES.length] ?? "var(--jade)";
}

export function Face({
  name,
  url,
  size = 28,
}: {
  name: string;
  url?: string | null;
  size?: number;
}) {
  return (
    <Avatar
      size={size}
      src={url || undefined}
      alt=""
      style={url ? undefined : { backgroundColor: groundOf(name), flex: "none" }}
    >
      {[...name][0] ?? "?"}
    </Avatar>
  );
}

type PersonProps = { name: string; url?: string | null; note?: ReactNode; size?: number };

export function Person({ name, url, note, size }: PersonProps) {
  return (
    <span className={styles.person}>
      <Face name={name} url={url} size={size} />
      <span style={{ minWidth: 0 }}>
        <span className={styles.name}>{name}</span>
        {note && <span className={styles.note}>{note}</span>}
      </span>
    </span>
  );
}
