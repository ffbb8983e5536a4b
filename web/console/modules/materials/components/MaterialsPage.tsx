import { PlusOutlined } from "@ant-design/icons";
import type { Material } from "@kit/api/types.ts";
import { FilterBar, FilterChip } from "@kit/desk/list/FilterBar.tsx";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { useFilters } from "@kit/desk/list/useFilters.ts";
import { usePages } from "@kit/desk/list/usePages.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { PageHead } from "@kit/desk/PageHead.tsx";
import { EmptyState } from "@kit/desk/states.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Button } from "antd";
import { Link, useNavigate } from "react-router";
import { MAY } from "../../../permissions.ts";
import { listMaterials } from "../api.ts";
import { MATERIALS_KEY } from "../hooks/useMaterials.ts";
import { MATERIAL_STATES, materialWords } from "../words.ts";
import { MaterialStateTag } from "./MaterialState.tsx";
import styles from "./MaterialsPage.module.css";

const words = defineMessages({
  zh: {
    note: "发布后，员工可以在手机端一键分享；谁读了、读了多久，会立刻告诉分享的员工。",
    add: "写文章",
    empty: "还没有内容",
    emptyText: "写一篇对客户有用的文章，员工就有话可聊、有东西可发。",
    state: "状态",
    article: "文章",
    topics: "主题",
    published: "发布",
    updated: "修改",
  },
  en: {
    note: "Once published, staff share it with one tap and hear at once who read it and for how long.",
    add: "Write an article",
    empty: "No content yet",
    emptyText: "Write something useful for customers, so that staff have a reason to talk.",
    state: "State",
    article: "Article",
    topics: "Topics",
    published: "Published",
    updated: "Changed",
  },
});

export function MaterialsPage() {
  const t = useText(words);
  const names = useText(materialWords);
  const navigate = useNavigate();
  const mayWrite = useMay()(MAY.writeMaterials);
  const filters = useFilters(["state"] as const);
  const state = MATERIAL_STATES.find((one) => one === filters.values.state);
  const pages = usePages([...MATERIALS_KEY, "list", state], (cursor) =>
    listMaterials({ state, cursor }),
  );
  const add = mayWrite && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => navigate("new")}>
      {t.add}
    </Button>
  );
  return (
    <>
      <PageHead title={names.title} note={t.note} actions={add} />
      <FilterBar filtered={filters.filtered} onClear={filters.clear}>
        <FilterChip
          name={t.state}
          value={state}
          options={MATERIAL_STATES.map((value) => ({ value, label: names.states[value] ?? value }))}
          onChange={(value) => filters.change({ state: value })}
        />
      </FilterBar>
      <ListTable<Material>
        pages={pages}
        rowKey={(material) => material.id}
        filtered={filters.filtered}
        onClearFilters={filters.clear}
        onOpen={(material) => navigate(String(material.id))}
        empty={
          <EmptyState title={t.empty} action={add}>
            {t.emptyText}
          </EmptyState>
        }
        columns={[
          {
            title: t.article,
            render: (_, one) => (
              <div className={styles.row}>
                {one.cover_url ? (
                  <img className={styles.cover} src={one.cover_url} alt="" loading="lazy" />
                ) : (
                  <span className={styles.cover} />
                )}
                <span>
                  <Link to={String(one.id)}>{one.title}</Link>
                  <span className={styles.summary}>{one.summary}</span>
                </span>
              </div>
            ),
          },
          { title: t.state, render: (_, one) => <MaterialStateTag state={one.state} /> },
          { title: t.topics, render: (_, one) => one.topics.join("、") || "—" },
          { title: t.published, render: (_, one) => <Moment at={one.published_at} /> },
          { title: t.updated, render: (_, one) => <Moment at={one.updated_at} /> },
        ]}
      />
    </>
  );
}
