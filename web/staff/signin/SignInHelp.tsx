import { Mark } from "@kit/desk/Brand.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Button } from "antd-mobile";
import { signInAddress } from "./address.ts";
import css from "./signin.module.css";

const signInWords = defineMessages({
  zh: {
    again: "重新登录",
    reasons: {
      expired: {
        title: "登录已过期",
        text: "登录过程超过了 10 分钟，或者链接是从别处复制来的。重新登录即可。",
      },
      unknown: {
        title: "还没有为你开通",
        text: "你的企业微信账号还没有同步到 siyu，或已停用。请企业管理员在控制台「企业微信连接」里重新同步，并确认应用的可见范围包含你。",
      },
      wecom: {
        title: "企业微信没有回应",
        text: "企业微信拒绝了这次登录。请稍后再试；一直这样时，请管理员查看控制台的「企业微信连接与诊断」。",
      },
      left: {
        title: "已退出登录",
        text: "这部手机上记住的内容已经清除。",
      },
      unconnected: {
        title: "还没有连接企业微信",
        text: "请企业管理员先在控制台「企业微信连接」里完成设置。",
      },
    },
  },
  en: {
    again: "Sign in again",
    reasons: {
      expired: {
        title: "The sign-in has expired",
        text: "It took longer than 10 minutes, or the link was copied from elsewhere. Sign in again.",
      },
      unknown: {
        title: "You have no access yet",
        text: "Your WeCom account has not been synced to siyu, or was disabled. Ask your administrator to sync again and to check that the app is visible to you.",
      },
      wecom: {
        title: "WeCom did not answer",
        text: "WeCom refused this sign-in. Try again later; if it stays, your administrator finds the cause under “WeCom connection”.",
      },
      left: {
        title: "Signed out",
        text: "What this phone remembered has been removed.",
      },
      unconnected: {
        title: "WeCom is not connected yet",
        text: "Your administrator has to finish the set-up in the console first.",
      },
    },
  },
});

type Reason = keyof typeof signInWords.zh.reasons;

export function isReason(text: string | null): text is Reason {
  return text !== null && text in signInWords.zh.reasons;
}

/** Why the sign-in did not work, and what to do about it. */
export function SignInHelp({ reason }: { reason: Reason }) {
  const text = useText(signInWords);
  const { title, text: sentence } = text.reasons[reason];
  return (
    <main className={css.help}>
      <Mark size={48} />
      <h1>{title}</h1>
      <p>{sentence}</p>
      <Button
        block
        color="primary"
        size="large"
        onClick={() => location.assign(signInAddress("/", ""))}
      >
        {text.again}
      </Button>
    </main>
  );
}
