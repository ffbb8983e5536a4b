import { useText } from "@kit/i18n/messages.ts";
import type { Group } from "../../api/groups.ts";
import css from "../phone.module.css";
import { groupWords } from "./words.ts";

/** The groups somebody is in, above the chats. */
export function GroupRows({ found, onOpen }: { found: Group[]; onOpen: (chatId: string) => void }) {
  const text = useText(groupWords);
  return (
    <ul>
      {found.map((group) => (
        <li key={group.chat_id}>
          <button type="button" className={css.row} onClick={() => onOpen(group.chat_id)}>
            <span className={css.glyph} aria-hidden>
              群
            </span>
            <div className={css.grow}>
              <p className={css.line}>{group.name || text.groups}</p>
              <p className={`${css.line} ${css.soft}`}>
                {[text.members(group.members), group.notice].filter(Boolean).join(" · ")}
              </p>
            </div>
          </button>
        </li>
      ))}
    </ul>
  );
}
