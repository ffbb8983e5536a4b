import { useText } from "@kit/i18n/messages.ts";
import { useMutation } from "@tanstack/react-query";
import { wechat } from "../../api/wechat.ts";
import { useOfficial } from "../../cast/sights.ts";
import { Button } from "../../ui/Button.tsx";
import css from "../phone.module.css";
import { Consents, useSeen } from "./Consents.tsx";
import { wechatWords } from "./words.ts";

/** The official account among what a person knows: follow it or no more, enter its chat, and say
 * which messages it may send. */
export function OfficialAccount({ person, onEnter }: { person: number; onEnter: () => void }) {
  const text = useText(wechatWords);
  const official = useOfficial().data;
  const seen = useSeen(person);
  const following = seen.data?.following ?? false;
  const turn = useMutation({
    mutationFn: () => wechat.act(person, following ? "unfollow" : "follow"),
    onSuccess: () => seen.refetch(),
  });
  if (!official || !seen.data) return null;
  return (
    <>
      <h3 className={css.heading}>{text.official}</h3>
      <div className={css.row}>
        <span className={`${css.grow} ${css.line}`}>{official.name}</span>
        {following && (
          <Button looks={["small"]} onClick={onEnter} aria-label={`${text.enter} ${official.name}`}>
            {text.enter}
          </Button>
        )}
        <Button looks={["small"]} disabled={turn.isPending} onClick={() => turn.mutate()}>
          {following ? text.unfollow : text.follow}
        </Button>
      </div>
      <Consents
        person={person}
        where="official"
        templates={official.templates.filter(({ kind }) => kind === "official")}
      />
    </>
  );
}
