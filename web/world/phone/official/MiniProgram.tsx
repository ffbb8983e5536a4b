import { useText } from "@kit/i18n/messages.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { keys } from "../../api/keys.ts";
import { wechat } from "../../api/wechat.ts";
import { Button } from "../../ui/Button.tsx";
import ui from "../../ui/ui.module.css";
import css from "../phone.module.css";
import { Consents } from "./Consents.tsx";
import { wechatWords } from "./words.ts";

/** The mini program: what its pages get when a person signs in, gives the phone number, says yes
 * to a message, or comes by a link. */
export function MiniProgram({ person }: { person: number }) {
  const text = useText(wechatWords);
  const mini = useQuery({ queryKey: keys.mini, queryFn: wechat.mini, staleTime: 0 }).data;
  const [link, setLink] = useState("");
  const [outcome, setOutcome] = useState("");
  const give = useMutation({
    mutationFn: (act: "login" | "phone") => wechat.code(person, act),
    onSuccess: ({ code }) => setOutcome(text.given(code)),
  });
  const open = useMutation({
    mutationFn: () => wechat.open(person, link.trim()),
    onSuccess: ({ path, query }) => setOutcome(text.opened(path, query)),
  });
  if (!mini) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    open.mutate();
  };
  return (
    <>
      <h3 className={css.heading}>{text.mini}</h3>
      <div className={css.row}>
        <span className={`${css.grow} ${css.line}`}>{mini.name}</span>
        <Button looks={["small"]} disabled={give.isPending} onClick={() => give.mutate("login")}>
          {text.login}
        </Button>
        <Button looks={["small"]} disabled={give.isPending} onClick={() => give.mutate("phone")}>
          {text.phone}
        </Button>
      </div>
      <Consents person={person} where="mini" templates={mini.templates} />
      <form className={css.write} onSubmit={submit}>
        <input
          className={ui.input}
          value={link}
          placeholder={text.link}
          aria-label={text.link}
          onChange={(event) => setLink(event.target.value)}
        />
        <Button type="submit" disabled={!link.trim() || open.isPending}>
          {text.open}
        </Button>
      </form>
      {outcome && (
        <p className={css.given} role="status">
          {outcome}
        </p>
      )}
    </>
  );
}
