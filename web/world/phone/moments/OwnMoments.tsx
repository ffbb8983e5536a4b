import { useText } from "@kit/i18n/messages.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { keys } from "../../api/keys.ts";
import { type Reaction, tasks } from "../../api/tasks.ts";
import { Button } from "../../ui/Button.tsx";
import { Empty, Shown } from "../../ui/states.tsx";
import { tell } from "../../ui/toast.tsx";
import ui from "../../ui/ui.module.css";
import css from "../phone.module.css";
import { PostCard } from "./PostCard.tsx";
import { momentWords } from "./words.ts";

/** Tasks and posts of a staff account; a task may still be on its way, so it is asked again. */
export function useStaffMoments(userid: string) {
  return useQuery({
    queryKey: keys.moments(`s-${userid}`),
    queryFn: () => tasks.staffMoments(userid),
    refetchInterval: ({ state }) =>
      state.data?.some((post) => post.state === "dispatching") ? 1000 : false,
  });
}

function Make({ userid }: { userid: string }) {
  const text = useText(momentWords);
  const [words, setWords] = useState("");
  const [url, setUrl] = useState("");
  const post = useMutation({
    mutationFn: () => tasks.post(userid, words.trim(), url.trim()),
    onSuccess: () => {
      tell(text.published);
      setWords("");
      setUrl("");
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    post.mutate();
  };
  return (
    <form className={css.make} onSubmit={submit} aria-label={text.make}>
      <textarea
        className={ui.input}
        rows={2}
        value={words}
        placeholder={text.words}
        aria-label={text.words}
        onChange={(event) => setWords(event.target.value)}
      />
      <div className={css.pair}>
        <input
          className={ui.input}
          value={url}
          inputMode="url"
          placeholder={text.link}
          aria-label={text.link}
          onChange={(event) => setUrl(event.target.value)}
        />
        <Button
          type="submit"
          looks={["strong"]}
          disabled={!(words.trim() || url.trim()) || post.isPending}
        >
          {text.publish}
        </Button>
      </div>
    </form>
  );
}

/** A staff account's own Moments: makes one, sees what became of all that were published. */
export function OwnMoments({ userid, onOpen }: { userid: string; onOpen: (url: string) => void }) {
  const text = useText(momentWords);
  const posts = useStaffMoments(userid);
  const react = useMutation({
    mutationFn: (said: { id: string; kind: Reaction["kind"]; text: string }) =>
      tasks.staffReacts(userid, said.id, said.kind, said.text),
  });
  return (
    <>
      <Make userid={userid} />
      <Shown query={posts}>
        {(all) => {
          const found = all.filter((post) => post.state === "published");
          if (found.length === 0) return <Empty>{text.nothingOwn}</Empty>;
          return found.map((post) => (
            <PostCard
              key={post.moment_id}
              post={post}
              me={`s-${userid}`}
              about={`· ${text.by(post.personal)} · ${text.seen(post.shown)}`}
              onOpen={onOpen}
              onReact={(kind, said) => react.mutateAsync({ id: post.moment_id, kind, text: said })}
            />
          ));
        }}
      </Shown>
    </>
  );
}
