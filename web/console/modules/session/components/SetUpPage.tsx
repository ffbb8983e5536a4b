import { Problem, sentenceOf } from "@kit/api/problem.ts";
import type { FirstAdministrator } from "@kit/api/types.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { SESSION_KEY } from "@kit/session/session.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input } from "antd";
import { setUp } from "../api.ts";
import { SETUP_KEY } from "../hooks/useSetup.ts";
import { Door } from "./Door.tsx";

const words = defineMessages({
  zh: {
    title: "开始使用 siyu",
    note: "这台服务器还没有管理员。请建立第一个管理员账号，之后由他邀请同事。",
    code: "初始化口令",
    codeWhere:
      "启动 siyu 时打印在终端里，也在数据目录的 keys/setup-code 文件里：证明您能登录这台服务器。",
    tenant: "企业名称",
    name: "您的姓名",
    username: "登录账号",
    password: "密码",
    length: "密码至少 10 位",
    needed: "不能为空",
    start: "建立并登录",
  },
  en: {
    title: "Start with siyu",
    note: "This server has no administrator yet. Make the first account; it can invite colleagues.",
    code: "Set-up code",
    codeWhere:
      "Printed in the terminal where siyu was started, and in keys/setup-code of its data folder: it proves access to the server.",
    tenant: "Enterprise",
    name: "Your name",
    username: "Account",
    password: "Password",
    length: "At least 10 characters",
    needed: "Cannot be empty",
    start: "Create and sign in",
  },
});

export function SetUpPage({ tenantName }: { tenantName: string }) {
  const t = useText(words);
  const client = useQueryClient();
  const [form] = Form.useForm<FirstAdministrator>();
  const create = useMutation({
    mutationFn: setUp,
    meta: { quiet: true },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: SESSION_KEY });
      await client.invalidateQueries({ queryKey: SETUP_KEY });
    },
    onError: (failure) => {
      if (!(failure instanceof Problem)) return;
      form.setFields(
        failure.errors.map(({ field, message }) => ({
          name: field as keyof FirstAdministrator,
          errors: [message],
        })),
      );
    },
  });
  const needed = [{ required: true, whitespace: true, message: t.needed }];
  return (
    <Door title={t.title} note={t.note}>
      <Form<FirstAdministrator>
        name="set-up"
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ tenant_name: tenantName }}
        onFinish={(values) => create.mutate(values)}
      >
        {create.isError && (
          <Form.Item>
            <Alert type="error" showIcon message={sentenceOf(create.error)} />
          </Form.Item>
        )}
        <Form.Item name="setup_code" label={t.code} extra={t.codeWhere} rules={needed}>
          <Input autoFocus autoComplete="off" />
        </Form.Item>
        <Form.Item name="tenant_name" label={t.tenant} rules={needed}>
          <Input autoComplete="organization" maxLength={60} />
        </Form.Item>
        <Form.Item name="name" label={t.name} rules={needed}>
          <Input autoComplete="name" maxLength={40} />
        </Form.Item>
        <Form.Item name="username" label={t.username} rules={needed}>
          <Input autoComplete="username" maxLength={64} />
        </Form.Item>
        <Form.Item
          name="password"
          label={t.password}
          rules={[{ required: true, min: 10, message: t.length }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block size="large" loading={create.isPending}>
          {t.start}
        </Button>
      </Form>
    </Door>
  );
}
