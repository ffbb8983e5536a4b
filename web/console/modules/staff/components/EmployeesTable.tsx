import type { Employee } from "@kit/api/types.ts";
import { DeskTable } from "@kit/desk/list/DeskTable.tsx";
import listStyles from "@kit/desk/list/list.module.css";
import { Person } from "@kit/desk/Person.tsx";
import { PersonStack } from "@kit/desk/PersonStack.tsx";
import { Reading } from "@kit/desk/states.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Button, Tag } from "antd";
import { useEmployees } from "../hooks/useStaff.ts";
import { roleWords } from "../words.ts";

const words = defineMessages({
  zh: {
    name: "姓名",
    username: "登录账号",
    wecom: "仅企业微信登录",
    role: "角色",
    scope: "数据范围",
    accounts: "企微账号",
    none: "—",
    state: "状态",
    states: { active: "在职", left: "已离职" },
    edit: "编辑",
  },
  en: {
    name: "Name",
    username: "Account",
    wecom: "by WeCom only",
    role: "Role",
    scope: "Sees",
    accounts: "Staff accounts",
    none: "—",
    state: "State",
    states: { active: "Active", left: "Left" },
    edit: "Edit",
  },
});

export function EmployeesTable({ onEdit }: { onEdit: (employee: Employee) => void }) {
  const t = useText(words);
  const role = useText(roleWords);
  const employees = useEmployees();
  return (
    <Reading query={employees}>
      {(rows) => (
        <div className={listStyles.panel}>
          <DeskTable<Employee>
            rowKey="id"
            dataSource={rows}
            pagination={{ pageSize: 50, hideOnSinglePage: true }}
            columns={[
              {
                title: t.name,
                render: (_, one) => (
                  <Person name={one.name} url={one.staff_accounts[0]?.avatar_url} />
                ),
              },
              {
                title: t.username,
                render: (_, one) =>
                  one.username ?? <span style={{ color: "var(--ink-faint)" }}>{t.wecom}</span>,
              },
              { title: t.role, render: (_, one) => role.roles[one.role].name },
              { title: t.scope, render: (_, one) => role.scopes[one.scope] },
              {
                title: t.accounts,
                render: (_, one) =>
                  one.staff_accounts.length ? <PersonStack people={one.staff_accounts} /> : t.none,
              },
              {
                title: t.state,
                render: (_, one) => (
                  <Tag color={one.state === "active" ? "success" : "default"}>
                    {t.states[one.state]}
                  </Tag>
                ),
              },
              {
                key: "act",
                align: "right",
                render: (_, one) => (
                  <Button type="link" size="small" onClick={() => onEdit(one)}>
                    {t.edit}
                  </Button>
                ),
              },
            ]}
          />
        </div>
      )}
    </Reading>
  );
}
