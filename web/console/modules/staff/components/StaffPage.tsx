import { PlusOutlined } from "@ant-design/icons";
import type { Employee } from "@kit/api/types.ts";
import { useFilters } from "@kit/desk/list/useFilters.ts";
import { PageHead } from "@kit/desk/PageHead.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Button, Tabs } from "antd";
import { useState } from "react";
import { AccountsTable } from "./AccountsTable.tsx";
import { DepartmentTree } from "./DepartmentTree.tsx";
import { EmployeeForm } from "./EmployeeForm.tsx";
import { EmployeesTable } from "./EmployeesTable.tsx";
import { RolesTable } from "./RolesTable.tsx";

const words = defineMessages({
  zh: {
    title: "员工与角色",
    note: "员工是在这里工作的人，企微账号是服务客户的账号；一位员工可以运营多个企微账号。",
    employees: "员工",
    accounts: "企微账号",
    departments: "部门",
    roles: "角色说明",
    add: "添加员工",
  },
  en: {
    title: "Staff and roles",
    note: "An employee works here; a staff account serves customers. One employee may run several accounts.",
    employees: "Employees",
    accounts: "Staff accounts",
    departments: "Departments",
    roles: "Roles",
    add: "Add an employee",
  },
});

export function StaffPage() {
  const t = useText(words);
  const { values, change } = useFilters(["tab"] as const);
  const [editing, setEditing] = useState<{ employee?: Employee } | null>(null);
  return (
    <>
      <PageHead
        title={t.title}
        note={t.note}
        actions={
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing({})}>
            {t.add}
          </Button>
        }
      />
      <Tabs
        activeKey={values.tab ?? "employees"}
        onChange={(tab) => change({ tab })}
        items={[
          {
            key: "employees",
            label: t.employees,
            children: <EmployeesTable onEdit={(employee) => setEditing({ employee })} />,
          },
          { key: "accounts", label: t.accounts, children: <AccountsTable /> },
          { key: "departments", label: t.departments, children: <DepartmentTree /> },
          { key: "roles", label: t.roles, children: <RolesTable /> },
        ]}
      />
      {editing && <EmployeeForm employee={editing.employee} onClose={() => setEditing(null)} />}
    </>
  );
}
