/** The basic attributes of a person, in the language on screen; the server names them in Chinese. */

import type { Language } from "@kit/i18n/language.ts";
import type { AttributeInfo } from "./names.ts";

const TITLES: Record<string, string> = {
  name: "Nickname",
  remark: "Remark by staff",
  corp_name: "Company",
  gender: "Gender",
  kind: "Kind of account",
  state: "State",
  identity: "Known identity",
  stage: "Stage",
  stage_at: "Stage since",
  created_at: "Customer since",
  first_add_at: "First added",
  last_add_at: "Last added",
  friends: "Number of staff",
  marketing: "Consent to marketing",
  sensitive: "Sensitive to marketing",
  orders: "Orders",
  gmv_fen: "Spent in all",
  average_fen: "Average order",
  first_paid_at: "First payment",
  last_paid_at: "Last payment",
};

const CHOICES: Record<string, string> = {
  male: "male",
  female: "female",
  wechat: "WeChat",
  wecom: "WeCom",
  active: "contact",
  half: "waiting for staff",
  lost: "lost",
  external_userid: "WeCom",
  unionid: "WeChat Open Platform",
  openid: "official account or mini program",
  phone: "phone",
  member: "member id",
  granted: "granted",
  refused: "refused",
  unknown: "unknown",
};

type Served = Omit<AttributeInfo, "choices" | "optional"> & {
  optional?: boolean;
  choices?: readonly { value: string; title: string }[];
};

export function attributeIn(language: Language, one: Served): AttributeInfo {
  const english = language === "en";
  return {
    ...one,
    title: (english && TITLES[one.name]) || one.title,
    optional: one.optional ?? false,
    choices: (one.choices ?? []).map(({ value, title }) => ({
      value,
      name: (english && CHOICES[value]) || title,
    })),
  };
}
