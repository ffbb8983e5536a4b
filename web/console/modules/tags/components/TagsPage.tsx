import { PageHead } from "@kit/desk/PageHead.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Tabs } from "antd";
import { useSearchParams } from "react-router";
import { Library } from "./Library.tsx";
import { Markings } from "./Markings.tsx";
import { TagRules } from "./TagRules.tsx";

const words = defineMessages({
  zh: {
    title: "标签",
    note: "企业标签与企业微信双向一致，冲突时以企业微信为准；内部标签只在 siyu 使用，不占企业微信的名额。",
    tags: "标签库",
    rules: "自动标签",
    markings: "批量打标签",
  },
  en: {
    title: "Tags",
    note: "Corp tags are kept equal with WeCom both ways, whose state settles conflicts; internal tags stay in siyu and take nothing from WeCom's cap.",
    tags: "Library",
    rules: "Automatic",
    markings: "In bulk",
  },
});

export function TagsPage() {
  const t = useText(words);
  const [address, setAddress] = useSearchParams();
  return (
    <>
      <PageHead title={t.title} note={t.note} />
      <Tabs
        activeKey={address.get("tab") ?? "library"}
        onChange={(tab) => setAddress(tab === "library" ? {} : { tab }, { replace: true })}
        destroyOnHidden
        items={[
          { key: "library", label: t.tags, children: <Library /> },
          { key: "rules", label: t.rules, children: <TagRules /> },
          { key: "markings", label: t.markings, children: <Markings /> },
        ]}
      />
    </>
  );
}
