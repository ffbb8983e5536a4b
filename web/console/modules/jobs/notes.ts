import { ENGLISH_PROBLEMS } from "@kit/api/problemWords.ts";
import { formatCount } from "@kit/format/numbers.ts";
import { type Language, useLanguage } from "@kit/i18n/language.ts";
import { ENGLISH_PERMISSIONS } from "../connection/probes.ts";

type Values = Record<string, number | string>;
type Noted = { note: string; said: { code?: string; values?: Values } };

/** What jobs say of themselves in English, by its code; the Chinese comes from the server. */
const ENGLISH: Record<string, (values: Values) => string> = {
  acted: (of) => `${count(of.changed)} done${of.rest ? `; ${count(of.rest)} as they were` : ""}`,
  act_expired: () => "What was chosen is too old: choose the customers again",
  act_left: () => "Whoever began it is no longer active: it was stopped",
  acting: () => "At work",
  audience_archived: () => "The audience is archived",
  broken: () => "siyu failed, and this was not finished: resume goes on where it stopped",
  build_broken: () => "siyu failed: it is tried again by itself, or press “Build anew”",
  build_too_heavy: () => "The conditions ask for too much data: a shorter time, or fewer of them",
  built: (of) => `${count(of.size)} people`,
  choosing_friendships: () => "Finding the friendships without these tags",
  compared: (of) =>
    `${of.count ? `${count(of.count)} differences found and corrected` : "As WeCom has it"}; ${count(of.groups)} groups compared`,
  comparing: () => "Comparing customers with WeCom",
  counting: () => "Counting",
  engine_away: () => "The analytics engine is away: this goes on by itself once it is back",
  erased: () => "Erased everywhere",
  erasure_broken: () => "Not finished; it is tried again by itself",
  export_over: () => "The export expired, or somebody in it was erased: export again",
  exported: (of) => `${count(of.rows)} customers: download it under “Exports”`,
  import_checked: (of) => `${count(of.rows)} rows, ready to be imported`,
  imported: (of) =>
    `${count(of.new)} new, ${count(of.known)} updated, ${count(of.repeated)} repeated in the file, ${count(of.conflicting)} in conflict, ${count(of.bad)} wrong`,
  job_failed: (of) => `Failed at each try${of.error ? `: ${of.error}` : ""}`,
  job_killed: () => "It ended its program three times and is not tried again: look at the log",
  killed: () => "It ended its program three times and was stopped: look at the log, then try again",
  marked: (of) => `${count(of.done)} done${of.failed ? `, ${count(of.failed)} failed` : ""}`,
  marking_at_wecom: () => "Tagging at WeCom",
  marking_inside: () => "Putting internal tags on",
  nobody_bought: () => "Nobody has bought anything yet: there is nothing to score",
  package_gone: () => "The customer or the request is gone",
  packed: () => "Ready: download it under “Privacy”",
  quota_waits: (of) =>
    `WeCom's quota is used up: this goes on by itself in about ${count(of.minutes)} minutes`,
  reading_customers: () => "Reading customers",
  reading_directory: () => "Reading departments and staff accounts",
  reading_groups: () => "Reading customer groups",
  revoked: () =>
    "Whoever began it is no longer active or may no longer do it: stopped; what is done stays",
  scored: (of) => `By ${count(of.buyers)} buyers`,
  synced: (of) =>
    `${count(of.accounts)} staff accounts, ${count(of.friendships)} friendships, ${count(of.groups)} groups read${of.unread ? `; ${count(of.unread)} groups cannot be read now` : ""}`,
  tag_gone_at_wecom: () => "A chosen tag was deleted in WeCom: stopped",
  wecom_failed: () => "WeCom could not be asked, or did not answer as documented",
  wecom_refused: (of) => {
    const missing = ENGLISH_PERMISSIONS[of.permission ?? ""];
    return `WeCom refused (error ${of.errcode})${missing ? `: ${missing}` : ""}`;
  },
  wecom_waits: () => "WeCom takes no more calls just now: this goes on by itself",
  writing: () => "Writing",
  writing_workbook: () => "Making the Excel file",
};

function count(value: number | string | undefined): string {
  return formatCount(Number(value ?? 0));
}

/** What a job says of itself, in a language; refusals by the codes that all refusals have. */
export function noteIn(language: Language, { note, said: { code = "", values = {} } }: Noted) {
  if (language !== "en") return note;
  return ENGLISH[code]?.(values) ?? ENGLISH_PROBLEMS[code] ?? note;
}

export function useNote() {
  const language = useLanguage();
  return (noted: Noted) => noteIn(language, noted);
}
