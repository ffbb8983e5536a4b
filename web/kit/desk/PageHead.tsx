import { ArrowLeftOutlined } from "@ant-design/icons";
import { type ReactNode, useEffect } from "react";
import { Link } from "react-router";
import styles from "./PageHead.module.css";

type PageHeadProps = {
  title: string;
  /** Beside the title: a state, a count. */
  mark?: ReactNode;
  note?: ReactNode;
  back?: { to: string; label: string };
  actions?: ReactNode;
};

/** The head of a page: where it belongs, its name, and what can be done. */
export function PageHead({ title, mark, note, back, actions }: PageHeadProps) {
  useEffect(() => {
    document.title = `${title} · siyu 私域`;
  }, [title]);
  return (
    <header className={styles.head}>
      <div>
        {back && (
          <Link to={back.to} className={styles.back}>
            <ArrowLeftOutlined /> {back.label}
          </Link>
        )}
        <div style={{ display: "flex", gap: 10, alignItems: "center" }}>
          <h1 className={styles.title}>{title}</h1>
          {mark}
        </div>
        {note && <p className={styles.note}>{note}</p>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}

/** A sheet on the page with its own small head. */
export function Section({
  title,
  extra,
  children,
}: {
  title?: ReactNode;
  extra?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={styles.section}>
      {(title || extra) && (
        <div className={styles.sectionHead}>
          <h2 className={styles.sectionTitle}>{title}</h2>
          {extra}
        </div>
      )}
      {children}
    </section>
  );
}
