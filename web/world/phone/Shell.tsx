import type { ReactNode } from "react";
import { Portrait } from "../ui/states.tsx";
import css from "./phone.module.css";

/** The outline of a phone with its owner's name on top. */
export function Shell({
  label,
  owner,
  avatar,
  behind,
  children,
}: {
  label: string;
  owner: string | null;
  avatar: string | null;
  behind: boolean;
  children: ReactNode;
}) {
  return (
    <section className={css.phone} aria-label={label} data-behind={behind}>
      <p className={css.ear}>
        {avatar && <Portrait src={avatar} size={22} />}
        <strong>{owner}</strong>
        <span>{label}</span>
      </p>
      {children}
    </section>
  );
}

type Item<S extends string> = { screen: S; label: string; onSelect: () => void };

/** The lower edge: what this phone can do. */
export function Dock<S extends string>({ now, items }: { now: string; items: Item<S>[] }) {
  return (
    <nav className={css.dock}>
      {items.map((item) => (
        <button
          key={item.screen}
          type="button"
          aria-pressed={now === item.screen}
          onClick={item.onSelect}
        >
          {item.label}
        </button>
      ))}
    </nav>
  );
}
