import { useText } from "@kit/i18n/messages.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { keys } from "../../api/keys.ts";
import { type Template, wechat } from "../../api/wechat.ts";
import { Button } from "../../ui/Button.tsx";
import css from "../phone.module.css";
import { wechatWords } from "./words.ts";

/** What a person has seen of the official account and agreed to, there and in the mini program. */
export function useSeen(person: number) {
  return useQuery({ queryKey: keys.follows(person), queryFn: () => wechat.seen(person) });
}

/** Templates of subscription messages: each yes is good for one message. */
export function Consents({
  person,
  where,
  templates,
}: {
  person: number;
  where: "official" | "mini";
  templates: Template[];
}) {
  const text = useText(wechatWords);
  const seen = useSeen(person);
  const choose = useMutation({
    mutationFn: ({ id, accept }: { id: string; accept: boolean }) =>
      wechat.choose(person, where, id, accept),
    onSuccess: () => seen.refetch(),
  });
  const leftOf = (id: string) =>
    seen.data?.consents.find(({ template }) => template === id)?.left ?? 0;
  return templates.map(({ id, title }) => (
    <div key={id} className={css.row}>
      <div className={css.grow}>
        <p className={css.line}>{title}</p>
        <p className={css.soft}>{text.left(leftOf(id))}</p>
      </div>
      <Button
        looks={["small"]}
        disabled={choose.isPending}
        onClick={() => choose.mutate({ id, accept: true })}
      >
        {text.accept}
      </Button>
      <Button
        looks={["small", "plain"]}
        disabled={choose.isPending}
        onClick={() => choose.mutate({ id, accept: false })}
      >
        {text.reject}
      </Button>
    </div>
  ));
}
