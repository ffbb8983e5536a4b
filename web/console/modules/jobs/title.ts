import { useLanguage } from "@kit/i18n/language.ts";

/** What jobs are called in English, by their kind; their Chinese comes from the server. */
const ENGLISH: Record<string, string> = {
  "wecom.sync": "Synchronise WeCom's directory and customers",
  "people.act": "An act on many customers",
  "people.mark_many": "Tag many customers",
  "people.reconcile": "Compare customers with WeCom",
  "people.import_check": "Try an import",
  "people.import": "Import customers",
  "people.export": "Export customers",
  "people.erase": "Erase personal data",
  "people.pack": "Copy personal data",
  "people.sync_tags": "Read WeCom's tags",
  "people.clear_gone_tags": "Take tags off that WeCom no longer has",
  "people.tag_by_rule": "Tag by a rule",
  "people.end_tags": "Let tags end",
  "people.refresh_customer": "Read a customer anew",
  "people.refresh_group": "Read a group anew",
  "audiences.build": "Build an audience",
  "audiences.follow": "Build audiences that stand on another",
  "audiences.rfm": "Make RFM scores",
  "growth.mark_tags": "Put a live code's tags on",
  "growth.apply_live_code": "Make or change a live code in WeCom",
  "conversations.listen": "Listen to customer service",
  "accounts.read_directory": "Read the directory",
};

const NAMED = /「(.+)」/;

/** The title of a job in a language, with what it is about. */
export function titleIn(language: "zh" | "en", { kind, title }: { kind: string; title: string }) {
  const said = language === "en" ? ENGLISH[kind] : undefined;
  if (!said) return title || kind;
  const about = NAMED.exec(title)?.[1];
  return about ? `${said}: ${about}` : said;
}

export function useTitle() {
  const language = useLanguage();
  return (job: { kind: string; title: string }) => titleIn(language, job);
}
