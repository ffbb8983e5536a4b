import { sentenceOf } from "@kit/api/problem.ts";
import type { SignIn } from "@kit/api/types.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { SESSION_KEY } from "@kit/session/session.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input } from "antd";
import { signIn } from "../api.ts";
import { Door } from "./Door.tsx";

const words = defineMessages({
  zh: {
    title: "登录控制台",
    note: "请使用管理员为您开通的账号。",
    username: "账号",
    password: "密码",
    needUsername: "请输入账号",
    needPassword: "请输入密码",
    enter: "登录",
  },
  en: {
    title: "Sign in to the console",
    note: "Use the account your administrator opened for you.",
    username: "Account",
    password: "Password",
    needUsername: "Enter your account",
    needPassword: "Enter your password",
    enter: "Sign in",
  },
});

export function SignInPage() {
  const t = useText(words);
  const client = useQueryClient();
  const enter = useMutation({
    mutationFn: signIn,
    meta: { quiet: true },
    onSuccess: () => client.invalidateQueries({ queryKey: SESSION_KEY }),
  });
  return (
    <Door title={t.title} note={t.note}>
      <Form<SignIn>
        name="sign-in"
        layout="vertical"
        requiredMark={false}
        size="large"
        onFinish={(values) => enter.mutate(values)}
      >
        {enter.isError && (
          <Form.Item>
            <Alert type="error" showIcon message={sentenceOf(enter.error)} />
          </Form.Item>
        )}
        <Form.Item
          name="username"
          label={t.username}
          rules={[{ required: true, message: t.needUsername }]}
        >
          <Input autoFocus autoComplete="username" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t.password}
          rules={[{ required: true, message: t.needPassword }]}
        >
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={enter.isPending}>
          {t.enter}
        </Button>
      </Form>
    </Door>
  );
}
