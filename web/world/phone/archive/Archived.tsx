import { useText } from "@kit/i18n/messages.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type Archive, archive } from "../../api/archive.ts";
import { keys } from "../../api/keys.ts";
import { Button } from "../../ui/Button.tsx";
import { clock } from "../../ui/clock.ts";
import { Shown } from "../../ui/states.tsx";
import css from "../phone.module.css";
import { archiveWords } from "./words.ts";

/** What is set of the archive, and who agreed. */
export function useArchive() {
  return useQuery({ queryKey: keys.archive, queryFn: archive.seen });
}

function Permit({ seen, userid }: { seen: Archive; userid: string }) {
  const text = useText(archiveWords);
  const client = useQueryClient();
  const allowed = userid in seen.permitted;
  const permit = useMutation({
    mutationFn: () => archive.permit(seen, userid, !allowed),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.archive }),
  });
  return (
    <div className={css.make}>
      <p>{allowed ? text.on : text.off}</p>
      {seen.key_versions.length === 0 && <p className={css.soft}>{text.noKey}</p>}
      <Button looks={["small"]} disabled={permit.isPending} onClick={() => permit.mutate()}>
        {allowed ? text.stop : text.start}
      </Button>
    </div>
  );
}

/** Whether a staff account is archived, and what of it lies in the archive. */
export function Archived({ userid }: { userid: string }) {
  const text = useText(archiveWords);
  const seen = useArchive();
  const said = useQuery({
    queryKey: keys.archived(userid),
    queryFn: () => archive.said(userid),
  });
  return (
    <>
      <h3 className={css.heading}>{text.archive}</h3>
      <Shown query={seen}>{(data) => <Permit seen={data} userid={userid} />}</Shown>
      <Shown query={said}>
        {(items) => (
          <details className={css.make}>
            <summary>{items.length > 0 ? text.said(items.length) : text.nothing}</summary>
            <ul className={css.receivers}>
              {items.map(({ seq, sender, at, text: words }) => (
                <li key={seq}>
                  <span className={css.line}>
                    {sender}: {words}
                  </span>
                  <span className={css.soft}>{clock(at)}</span>
                </li>
              ))}
            </ul>
          </details>
        )}
      </Shown>
    </>
  );
}
