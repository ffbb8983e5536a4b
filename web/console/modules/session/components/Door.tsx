import { Mark } from "@kit/desk/Brand.tsx";
import { Pond } from "@kit/desk/Pond.tsx";
import { chooseLanguage, useLanguage } from "@kit/i18n/language.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Button } from "antd";
import { type ReactNode, useEffect } from "react";
import styles from "./Door.module.css";

const words = defineMessages({
  zh: {
    saying: "自己的水，养自己的鱼。",
    small: "从一张被扫的码，到一笔说得清来处的订单：获客、唤醒、留存、成交，都在自己的企业里。",
    language: "English",
  },
  en: {
    saying: "Your own water, your own fish.",
    small:
      "From a scanned code to an order whose origin is known: grow, wake, keep and sell inside your own enterprise.",
    language: "中文",
  },
});

/** The ground of the pages before sign-in: the pond on one side, a form on the other. */
export function Door({
  title,
  note,
  children,
}: {
  title: string;
  note: string;
  children: ReactNode;
}) {
  const t = useText(words);
  const language = useLanguage();
  useEffect(() => {
    document.title = `${title} · siyu 私域`;
  }, [title]);
  return (
    <main className={styles.door}>
      <div className={styles.pond}>
        <Pond className={styles.water} width={900} />
        <div className={styles.brand}>
          <Mark size={36} /> siyu 私域
        </div>
        <p className={styles.saying}>
          {t.saying}
          <small>{t.small}</small>
        </p>
      </div>
      <div className={styles.form}>
        <h1>{title}</h1>
        <p>{note}</p>
        {children}
        <div className={styles.foot}>
          <Button
            type="link"
            style={{ padding: 0 }}
            onClick={() => chooseLanguage(language === "zh" ? "en" : "zh")}
          >
            {t.language}
          </Button>
        </div>
      </div>
    </main>
  );
}
