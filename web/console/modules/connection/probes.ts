import type { Probe } from "@kit/api/types.ts";
import { formatCount } from "@kit/format/numbers.ts";
import type { Language } from "@kit/i18n/language.ts";

/** What is probed, in English, by its key; its Chinese comes from the server. */
export const ENGLISH_PROBES: Record<string, string> = {
  secret: "Corp id and app secret",
  trusted_ip: "Trusted IP addresses",
  app: "State of the app, and AgentId",
  trusted_domain: "Trusted domain",
  directory: "Visible directory",
  contacts: "Reading customers",
  tags_read: "Reading corp tags",
  tags_write: "Tagging customers",
  contact_ways: "“Contact me” codes",
  welcome: "Sending welcomes",
  messages: "Messages to members",
  groups: "Reading customer groups",
  service: "WeChat customer service (optional)",
  archive: "Message archive (optional)",
  callbacks: "Callbacks are dealt with",
};

/** What WeCom's admin has to grant and where, by the key of the permission. */
export const ENGLISH_PERMISSIONS: Record<string, string> = {
  secret: "corp id under “My enterprise”, Secret under “Apps → Self-built → your app”",
  trusted_ip: "enter siyu's address under “Apps → Self-built → your app → Trusted IP”",
  trusted_domain:
    "enter and verify the domain under “Apps → Self-built → your app → Web authorisation and JS-SDK”",
  visibility: "add the members or departments under “Apps → Self-built → your app → Visible to”",
  app: "see under “Apps → Self-built → your app” that it is on, and its AgentId right",
  contact_api:
    "tick the app under “Customers → Customer contact → Customers → API → Apps that may call”",
  contact_scope:
    "add the member under “Customers → Customer contact → Permissions → Who may use it”",
  kf_api: "tick the app under “Apps → WeChat customer service → API → Apps that may call”",
  archive: "see under “Tools → Message archive” that it is bought and has not run out",
  acquisition: "tick the app under “Customers → Acquisition → Apps that may call”",
  licence: "buy and activate interface licences for the members who serve customers",
  corp: "verify the enterprise under “My enterprise”, and see that it is in good standing",
  callback: "set up “Apps → Self-built → your app → Receive messages → API”",
  open_platform:
    "bind your Open Platform account under “Customers → Customer contact → Customers → API → WeChat developer ID”",
  mini_program: "link the mini program under “Apps → Mini programs”",
  payment: "switch “Apps → Payments” on, tick the app under API, and compare the merchant number",
  feature: "switch the feature on under “Apps”, and tick the app among those that may call it",
  api_access: "see which permissions the interface asks for under “Apps → Self-built → your app”",
};

/** What is wrong and where it is put right, in a language; the Chinese comes from the server. */
export function fixIn(language: Language, probe: Probe): string {
  const { key, detail, fix, permission, egress, count } = probe;
  if (language === "zh") return [detail, fix].filter(Boolean).join("；");
  if (key === "callbacks") {
    return `${formatCount(count ?? 0)} callbacks failed again and again and were set aside: see why, then try again`;
  }
  const where =
    ENGLISH_PERMISSIONS[permission ?? ""] ??
    "WeCom's answer leaves it open: put the rest right first, then probe again";
  return egress ? `${where}: ${egress}` : where;
}
