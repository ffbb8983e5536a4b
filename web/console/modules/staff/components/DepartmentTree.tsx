import type { Department } from "@kit/api/types.ts";
import { Section } from "@kit/desk/PageHead.tsx";
import { EmptyState, Reading } from "@kit/desk/states.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Tree, type TreeDataNode } from "antd";
import { useDepartments } from "../hooks/useStaff.ts";

const words = defineMessages({
  zh: { empty: "还没有部门", emptyText: "部门来自企业微信通讯录，同步后出现。" },
  en: { empty: "No departments yet", emptyText: "Departments come from the WeCom directory." },
});

/** Departments whose parent is not visible to the app stand at the top. */
function treeOf(departments: readonly Department[]): TreeDataNode[] {
  const known = new Set(departments.map((one) => one.number));
  const below = (parent: number | null): TreeDataNode[] =>
    departments
      .filter((one) => (known.has(one.parent ?? -1) ? one.parent : null) === parent)
      .map((one) => ({ key: one.id, title: one.name, children: below(one.number) }));
  return below(null);
}

export function DepartmentTree() {
  const t = useText(words);
  const departments = useDepartments();
  return (
    <Reading query={departments}>
      {(found) =>
        found.length === 0 ? (
          <EmptyState title={t.empty}>{t.emptyText}</EmptyState>
        ) : (
          <Section>
            <Tree defaultExpandAll selectable={false} showLine treeData={treeOf(found)} />
          </Section>
        )
      }
    </Reading>
  );
}
