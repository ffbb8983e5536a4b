import { sentenceOf } from "@kit/api/problem.ts";
import { chooseLanguage, useLanguage } from "@kit/i18n/language.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { markSignedOut, useSession } from "@kit/session/session.ts";
import { chooseMode, type ModeChoice, useMode } from "@kit/theme/mode.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Segmented, Toast } from "antd-mobile";
import { readMe, signOut } from "../api/client.ts";
import { keys } from "../api/keys.ts";
import { forget } from "../api/memory.ts";
import type { Me } from "../api/types.ts";
import { Face } from "../ui/Face.tsx";
import { Figures } from "../ui/Figures.tsx";
import { Shown } from "../ui/states.tsx";
import ui from "../ui/ui.module.css";
import css from "./me.module.css";

const meWords = defineMessages({
  zh: {
    results: "今天的成绩",
    accounts: "我的企微账号",
    current: "当前",
    noContact: "没有客户联系权限",
    noAccounts: "还没有关联企微账号，请管理员在「员工与角色」里关联。",
    appearance: "显示",
    modes: { auto: "跟随手机", light: "浅色", dark: "深色" },
    languages: { zh: "中文", en: "English" },
    out: "退出登录",
  },
  en: {
    results: "My results today",
    accounts: "My WeCom accounts",
    current: "in use",
    noContact: "may not have customers",
    noAccounts: "No WeCom account yet; ask your administrator to assign one.",
    appearance: "Appearance",
    modes: { auto: "As the phone", light: "Light", dark: "Dark" },
    languages: { zh: "中文", en: "English" },
    out: "Sign out",
  },
});

const MODES: ModeChoice[] = ["auto", "light", "dark"];

function Accounts({ me }: { me: Me }) {
  const text = useText(meWords);
  if (me.accounts.length === 0) return <p className={ui.warning}>{text.noAccounts}</p>;
  return (
    <ul>
      {me.accounts.map((account) => (
        <li key={account.id} className={ui.row}>
          <Face name={account.name} url={account.avatar_url} />
          <div className={ui.grow}>
            <p className={ui.line}>
              <span className={ui.name}>{account.name}</span>{" "}
              {account.id === me.staff_account_id && <span className={ui.tag}>{text.current}</span>}
            </p>
            <p className={`${ui.line} ${ui.soft}`}>
              {[account.alias, account.position, account.can_contact ? "" : text.noContact]
                .filter(Boolean)
                .join(" · ")}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

function Appearance() {
  const text = useText(meWords);
  const language = useLanguage();
  const { choice } = useMode();
  return (
    <section className={ui.card}>
      <div className={ui.head}>
        <h2>{text.appearance}</h2>
      </div>
      <div className={css.choices}>
        <Segmented
          block
          value={choice}
          options={MODES.map((value) => ({ value, label: text.modes[value] }))}
          onChange={(value) => chooseMode(MODES.find((mode) => mode === value) ?? "auto")}
        />
        <Segmented
          block
          value={language}
          options={(["zh", "en"] as const).map((value) => ({
            value,
            label: text.languages[value],
          }))}
          onChange={(value) => chooseLanguage(value === "en" ? "en" : "zh")}
        />
      </div>
    </section>
  );
}

/** Who I am here, how my day goes, and how the app looks. */
export function MePage() {
  const text = useText(meWords);
  const session = useSession();
  const me = useQuery({ queryKey: keys.me, queryFn: readMe });
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      markSignedOut();
      forget();
      // A fresh page forgets what this one still holds in memory.
      location.replace("/staff/?signin=left");
    },
    onError: (failure) => Toast.show(sentenceOf(failure)),
  });
  return (
    <div className={ui.page}>
      <div className={css.who}>
        <Face
          name={session.name}
          url={
            session.staff_accounts.find((one) => one.id === session.staff_account_id)?.avatar_url
          }
          size={60}
        />
        <div>
          <h1>{session.name}</h1>
          <p className={ui.soft}>{session.tenant.name}</p>
        </div>
      </div>
      <Shown query={me}>
        {(data) => (
          <>
            <section className={ui.card}>
              <div className={ui.head}>
                <h2>{text.results}</h2>
              </div>
              <Figures numbers={data.numbers} />
            </section>
            <section className={ui.card}>
              <div className={ui.head}>
                <h2>{text.accounts}</h2>
              </div>
              <Accounts me={data} />
            </section>
          </>
        )}
      </Shown>
      <Appearance />
      <Button block size="large" disabled={leave.isPending} onClick={() => leave.mutate()}>
        {text.out}
      </Button>
    </div>
  );
}
