import type { StaffAccount } from "@kit/api/types.ts";
import { DeskTable } from "@kit/desk/list/DeskTable.tsx";
import listStyles from "@kit/desk/list/list.module.css";
import { Person } from "@kit/desk/Person.tsx";
import { EmptyState, Reading } from "@kit/desk/states.tsx";
import { Term } from "@kit/desk/Term.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Select, Tag } from "antd";
import { Link } from "react-router";
import { useAssignAccount, useEmployees, useStaffAccounts } from "../hooks/useStaff.ts";

const words = defineMessages({
  zh: {
    account: "企微账号",
    department: "部门",
    contact: "客户联系",
    contactMeans: "在企业微信管理后台“客户联系”的使用范围里，才能添加客户、接待活码。",
    able: "可用",
    unable: "未开通",
    state: "状态",
    states: { active: "已激活", disabled: "已禁用", inactive: "未激活", gone: "已离职" },
    employee: "由谁运营",
    empty: "还没有企微账号",
    emptyText: "连接企业微信并同步通讯录后，企微账号会出现在这里。",
    connect: "去连接企业微信",
  },
  en: {
    account: "Staff account",
    department: "Department",
    contact: "Customer contact",
    contactMeans: "Only accounts in WeCom's customer contact scope can add customers.",
    able: "Yes",
    unable: "No",
    state: "State",
    states: { active: "Active", disabled: "Disabled", inactive: "Not activated", gone: "Gone" },
    employee: "Run by",
    empty: "No staff accounts yet",
    emptyText: "Connect WeCom and sync the directory to see them here.",
    connect: "Connect WeCom",
  },
});

export function AccountsTable() {
  const t = useText(words);
  const accounts = useStaffAccounts();
  const employees = useEmployees();
  const assign = useAssignAccount();
  const options = employees.data?.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Reading query={accounts}>
      {(rows) =>
        rows.length === 0 ? (
          <EmptyState title={t.empty} action={<Link to="/settings/connection">{t.connect}</Link>}>
            {t.emptyText}
          </EmptyState>
        ) : (
          <div className={listStyles.panel}>
            <DeskTable<StaffAccount>
              rowKey="id"
              dataSource={rows}
              pagination={{ pageSize: 50, hideOnSinglePage: true }}
              columns={[
                {
                  title: t.account,
                  render: (_, one) => (
                    <Person
                      name={one.name}
                      url={one.avatar_url}
                      note={[one.alias, one.userid].filter(Boolean).join(" · ")}
                    />
                  ),
                },
                {
                  title: t.department,
                  render: (_, one) => (
                    <>
                      {one.departments.join("、") || "—"}
                      <div style={{ fontSize: 12, color: "var(--ink-faint)" }}>{one.position}</div>
                    </>
                  ),
                },
                {
                  title: <Term means={t.contactMeans}>{t.contact}</Term>,
                  render: (_, one) => (
                    <Tag color={one.can_contact ? "success" : "warning"}>
                      {one.can_contact ? t.able : t.unable}
                    </Tag>
                  ),
                },
                { title: t.state, render: (_, one) => t.states[one.state] },
                {
                  title: t.employee,
                  render: (_, one) => (
                    <Select
                      variant="filled"
                      style={{ minWidth: 140 }}
                      aria-label={t.employee}
                      showSearch
                      optionFilterProp="label"
                      value={one.employee_id}
                      options={options}
                      onChange={(employee_id) => assign.mutate({ id: one.id, employee_id })}
                    />
                  ),
                },
              ]}
            />
          </div>
        )
      }
    </Reading>
  );
}
