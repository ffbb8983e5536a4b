import type { Employee, NewEmployee } from "@kit/api/types.ts";
import { useFormProblem } from "@kit/desk/useFormProblem.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Form, Input, Modal, Radio, Select, Switch } from "antd";
import { useEmployeeActs } from "../hooks/useStaff.ts";
import { ROLES, roleWords, SCOPES } from "../words.ts";

const words = defineMessages({
  zh: {
    add: "添加员工",
    edit: (name: string) => `编辑员工：${name}`,
    name: "姓名",
    username: "登录账号",
    usernameNote: "用于密码登录控制台；只用企业微信登录的员工可以不设。",
    usernameRule: "2–40 位字母、数字或 . _ @ -",
    password: "密码",
    newPassword: "新密码",
    keep: "留空则不修改；修改后需要重新登录。",
    passwordRule: "至少 10 位",
    role: "角色",
    scope: "数据范围",
    active: "在职",
    needed: "不能为空",
    save: "保存",
  },
  en: {
    add: "Add an employee",
    edit: (name) => `Edit: ${name}`,
    name: "Name",
    username: "Account",
    usernameNote: "For signing in by password; not needed for those who sign in by WeCom.",
    usernameRule: "2–40 letters, digits or . _ @ -",
    password: "Password",
    newPassword: "New password",
    keep: "Leave empty to keep it; changing it signs the person out.",
    passwordRule: "At least 10 characters",
    role: "Role",
    scope: "Sees",
    active: "Works here",
    needed: "Cannot be empty",
    save: "Save",
  },
});

type Fields = NewEmployee & { scope: Employee["scope"]; active: boolean };

export function EmployeeForm({ employee, onClose }: { employee?: Employee; onClose: () => void }) {
  const t = useText(words);
  const role = useText(roleWords);
  const [form] = Form.useForm<Fields>();
  const { create, change } = useEmployeeActs();
  const showProblem = useFormProblem(form);
  const ways = { onSuccess: onClose, onError: showProblem };

  function onFinish({ active, username, password, ...rest }: Fields) {
    if (!employee) {
      create.mutate({ ...rest, username, password }, ways);
      return;
    }
    const body = {
      ...rest,
      state: active ? ("active" as const) : ("left" as const),
      ...(username && username !== employee.username ? { username } : {}),
      ...(password ? { password } : {}),
    };
    change.mutate({ id: employee.id, body }, ways);
  }

  const fresh = !employee;
  return (
    <Modal
      open
      title={employee ? t.edit(employee.name) : t.add}
      okText={t.save}
      onCancel={onClose}
      onOk={form.submit}
      confirmLoading={create.isPending || change.isPending}
    >
      <Form<Fields>
        name="employee"
        form={form}
        layout="vertical"
        initialValues={
          employee
            ? { ...employee, active: employee.state === "active" }
            : { role: "planner", scope: "all" }
        }
        onFinish={onFinish}
      >
        <Form.Item
          name="name"
          label={t.name}
          rules={[{ required: true, whitespace: true, message: t.needed }]}
        >
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item
          name="username"
          label={t.username}
          extra={t.usernameNote}
          rules={[
            { required: fresh, message: t.needed },
            { pattern: /^[A-Za-z0-9._@-]{2,40}$/, message: t.usernameRule },
          ]}
        >
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="password"
          label={fresh ? t.password : t.newPassword}
          extra={fresh ? undefined : t.keep}
          rules={[
            { required: fresh, message: t.needed },
            { min: 10, message: t.passwordRule },
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item name="role" label={t.role}>
          <Select
            options={ROLES.map((value) => ({
              value,
              label: `${role.roles[value].name}：${role.roles[value].means}`,
            }))}
          />
        </Form.Item>
        <Form.Item name="scope" label={t.scope}>
          <Radio.Group options={SCOPES.map((value) => ({ value, label: role.scopes[value] }))} />
        </Form.Item>
        {employee && (
          <Form.Item name="active" label={t.active} valuePropName="checked">
            <Switch />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
