import type { Welcome } from "@kit/api/types.ts";
import { Face } from "@kit/desk/Person.tsx";
import { PhoneFrame } from "@kit/desk/PhoneFrame.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { MAY } from "../../../permissions.ts";
import { pictureAddress } from "../../files/api.ts";
import { useSendable } from "../../materials/hooks/useMaterials.ts";
import { CUSTOMER_NAME } from "../welcome.ts";
import styles from "./WelcomePreview.module.css";

const words = defineMessages({
  zh: {
    staff: "接待员工",
    customer: "小满妈妈",
    added: "您已添加了对方，现在可以开始聊天了",
    nothing: "没有欢迎语：客户添加后不会收到消息",
    linkTitle: "链接标题",
    article: "内容中心的文章",
    notSent: "已下架，不会发送",
    picture: "图片",
  },
  en: {
    staff: "Staff",
    customer: "Mei",
    added: "You are now connected and can chat",
    nothing: "No welcome: nothing is sent after adding",
    linkTitle: "Link title",
    article: "An article",
    notSent: "No longer published: not sent",
    picture: "Picture",
  },
});

function Card({ title, text }: { title: string | undefined; text: string }) {
  const t = useText(words);
  return (
    <div className={styles.card}>
      <strong className={title ? "" : styles.faint}>{title || t.linkTitle}</strong>
      <p>{text}</p>
    </div>
  );
}

/** The card of an own article; one that is no longer published is not sent. */
function ArticleCard({ id }: { id: number | undefined }) {
  const t = useText(words);
  const articles = useSendable(useMay()(MAY.readMaterials));
  const article = articles.data?.find((one) => one.id === id);
  const gone = id !== undefined && articles.data !== undefined && !article;
  return (
    <Card title={article?.title ?? t.article} text={gone ? t.notSent : (article?.summary ?? "")} />
  );
}

type WelcomePreviewProps = { welcome: Welcome; staffName?: string };

/** The chat as the customer will see it right after scanning. */
export function WelcomePreview({ welcome, staffName }: WelcomePreviewProps) {
  const t = useText(words);
  const name = staffName ?? t.staff;
  const { attachments = [] } = welcome;
  const text = (welcome.text ?? "").replaceAll(CUSTOMER_NAME, t.customer);
  const silent = !text.trim() && attachments.length === 0;
  return (
    <PhoneFrame title={name}>
      <div className={styles.chat}>
        <p className={styles.time}>{t.added}</p>
        {silent && <p className={styles.time}>{t.nothing}</p>}
        {text.trim() && (
          <div className={styles.line}>
            <Face name={name} size={32} />
            <p className={styles.bubble}>{text}</p>
          </div>
        )}
        {attachments.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the order is all an attachment has
          <div key={index} className={styles.line}>
            <Face name={name} size={32} />
            {part.kind === "image" && (
              <img className={styles.picture} src={pictureAddress(part.file_id)} alt={t.picture} />
            )}
            {part.kind === "link" && (
              <Card title={part.title} text={part.description || part.url} />
            )}
            {part.kind === "article" && <ArticleCard id={part.material_id} />}
          </div>
        ))}
      </div>
    </PhoneFrame>
  );
}
