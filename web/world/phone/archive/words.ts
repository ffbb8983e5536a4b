import { defineMessages } from "@kit/i18n/messages.ts";

export const archiveWords = defineMessages({
  zh: {
    archive: "会话存档",
    on: "这个账号的会话会被存档（客户同意以后）",
    off: "这个账号没有开启存档",
    noKey: "还没有设置公钥，什么都不会存档",
    start: "开启存档",
    stop: "关闭存档",
    nothing: "存档里还没有这个账号的消息。",
    said: (n: number) => `最近存档的 ${n} 条`,
    status: { Agree: "已同意存档", Disagree: "不同意存档", none: "还没有表态" },
    agree: "同意存档",
    disagree: "不同意存档",
  },
  en: {
    archive: "Message archive",
    on: "What this account writes is archived, with customers who agreed",
    off: "This account is not archived",
    noKey: "No public key is set; nothing is archived",
    start: "Archive it",
    stop: "Stop archiving",
    nothing: "Nothing of this account lies in the archive.",
    said: (n: number) => `The last ${n} archived`,
    status: { Agree: "agreed to the archive", Disagree: "did not agree", none: "has not answered" },
    agree: "Agree to the archive",
    disagree: "Do not agree",
  },
});
