import { useText } from "@kit/i18n/messages.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { keys } from "../api/keys.ts";
import { doors } from "../api/scan.ts";
import { useOfficial } from "../cast/sights.ts";
import { Button } from "../ui/Button.tsx";
import css from "./phone.module.css";
import { phoneWords } from "./words.ts";

/** The official account among what a person knows: follow it, or no more. */
export function OfficialAccount({ person }: { person: number }) {
  const text = useText(phoneWords);
  const official = useOfficial().data;
  const seen = useQuery({
    queryKey: keys.follows(person),
    queryFn: () => doors.seen(person),
  });
  const following = seen.data?.following ?? false;
  const turn = useMutation({
    mutationFn: () => doors.act(person, following ? "unfollow" : "follow"),
    onSuccess: () => seen.refetch(),
  });
  if (!official || !seen.data) return null;
  return (
    <>
      <h3 className={css.heading}>{text.official}</h3>
      <div className={css.row}>
        <span className={`${css.grow} ${css.line}`}>{official.name}</span>
        <Button looks={["small"]} disabled={turn.isPending} onClick={() => turn.mutate()}>
          {following ? text.unfollow : text.follow}
        </Button>
      </div>
    </>
  );
}
