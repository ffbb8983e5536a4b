import type { UsedBy as Use } from "@kit/api/types.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Button, Popover } from "antd";
import { Link } from "react-router";
import styles from "./Audiences.module.css";

const words = defineMessages({
  zh: {
    count: (count: string) => `${count} 处`,
    kinds: {
      audience: (name: string) => `人群「${name}」的条件`,
      use: (name: string) => `使用中：${name}`,
      tag_rule: (name: string) => `自动标签「${name}」`,
      marking: (name: string) => (name ? `正在批量打标签：${name}` : "正在批量打标签"),
      export: () => "正在导出客户",
      view: (name: string) => (name ? `客户列表视图「${name}」` : "同事的客户列表视图"),
    },
  },
  en: {
    count: (count) => `${count} uses`,
    kinds: {
      audience: (name) => `conditions of the audience “${name}”`,
      use: (name) => `in use: ${name}`,
      tag_rule: (name) => `automatic tags “${name}”`,
      marking: (name) => (name ? `tags being put on: ${name}` : "tags being put on"),
      export: () => "customers being exported",
      view: (name) => (name ? `list of customers “${name}”` : "a colleague's list of customers"),
    },
  },
});

/** Where what stands on an audience is found. */
function placeOf({ kind, id }: Use, audienceId: number): string {
  switch (kind) {
    case "audience":
      return `/people/audiences/${id}`;
    case "use":
      return `/people/audiences/${audienceId}?tab=uses&use=${id}`;
    case "tag_rule":
      return "/people/tags?tab=rules";
    case "marking":
      return "/people/tags?tab=markings";
    case "export":
      return "/people/exchange?tab=exports";
    case "view":
      return "/people/customers";
  }
}

const FOLLOWING = new Set<Use["kind"]>(["audience", "tag_rule", "view"]);

/** What follows the audience when it changes; of the others whom they reach was settled before. */
export function followingOf(standing: readonly Use[]): Use[] {
  return standing.filter(({ kind }) => FOLLOWING.has(kind));
}

type UsedByProps = { audienceId: number; standing: readonly Use[] };

/** What stands on an audience, each a way to it. */
export function UsedByList({ audienceId, standing }: UsedByProps) {
  const t = useText(words);
  return (
    <ul className={styles.uses}>
      {standing.map((one) => {
        const place = placeOf(one, audienceId);
        const said = t.kinds[one.kind](one.name);
        return (
          <li key={`${one.kind} ${one.id}`}>
            <Link to={place} onClick={(event) => event.stopPropagation()}>
              {said}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

/** In how many places an audience is used; a click says in which. */
export function UsedBy({ audienceId, standing }: UsedByProps) {
  const t = useText(words);
  if (standing.length === 0) return <span className={styles.note}>—</span>;
  return (
    <Popover trigger="click" content={<UsedByList audienceId={audienceId} standing={standing} />}>
      <Button
        type="link"
        size="small"
        className={styles.usedBy}
        onClick={(event) => event.stopPropagation()}
      >
        {t.count(String(standing.length))}
      </Button>
    </Popover>
  );
}
