import { Face } from "@kit/desk/Person.tsx";
import { chooseLanguage, useLanguage } from "@kit/i18n/language.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { SESSION_KEY, useSession } from "@kit/session/session.ts";
import { chooseMode, type ModeChoice, useMode } from "@kit/theme/mode.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Dropdown } from "antd";
import { signOut } from "../modules/session/api.ts";
import { roleWords } from "../modules/staff/words.ts";

const words = defineMessages({
  zh: {
    account: "账户",
    theme: "外观",
    light: "浅色",
    dark: "深色",
    auto: "跟随系统",
    language: "English",
    out: "退出登录",
  },
  en: {
    account: "Account",
    theme: "Appearance",
    light: "Light",
    dark: "Dark",
    auto: "As the device",
    language: "中文",
    out: "Sign out",
  },
});

export function UserMenu() {
  const t = useText(words);
  const roles = useText(roleWords).roles;
  const session = useSession();
  const language = useLanguage();
  const { choice } = useMode();
  const client = useQueryClient();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      // Nothing of this person may be shown to whoever signs in next.
      client.clear();
      client.setQueryData(SESSION_KEY, null);
    },
  });
  const modes: ModeChoice[] = ["light", "dark", "auto"];
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        selectedKeys: [choice],
        items: [
          {
            key: "who",
            type: "group",
            label: `${session.name} · ${roles[session.role].name}`,
          },
          {
            key: "theme",
            label: t.theme,
            children: modes.map((key) => ({
              key,
              label: t[key],
              onClick: () => chooseMode(key),
            })),
          },
          {
            key: "language",
            label: t.language,
            onClick: () => chooseLanguage(language === "zh" ? "en" : "zh"),
          },
          { type: "divider" },
          { key: "out", label: t.out, onClick: () => leave.mutate() },
        ],
      }}
    >
      <Button type="text" style={{ paddingInline: 6 }} aria-label={t.account}>
        <Face name={session.name} url={session.staff_accounts[0]?.avatar_url} size={26} />
      </Button>
    </Dropdown>
  );
}
