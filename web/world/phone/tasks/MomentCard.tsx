import { useText } from "@kit/i18n/messages.ts";
import { useMutation } from "@tanstack/react-query";
import { type Post, tasks } from "../../api/tasks.ts";
import { Button } from "../../ui/Button.tsx";
import { clock } from "../../ui/clock.ts";
import { tell } from "../../ui/toast.tsx";
import { PostContent } from "../moments/PostCard.tsx";
import css from "../phone.module.css";
import { taskWords } from "./words.ts";

/** A Moment of the corporation's that waits to be published. */
export function MomentCard({ userid, post }: { userid: string; post: Post }) {
  const text = useText(taskWords);
  const open = post.state === "waiting" || post.state === "ignored";
  const publish = useMutation({
    mutationFn: () => tasks.publish(userid, post.moment_id),
    onSuccess: () => tell(text.published),
  });
  const ignore = useMutation({ mutationFn: () => tasks.ignorePost(userid, post.moment_id) });
  return (
    <article className={css.task} data-open={open} aria-label={`${text.moment} ${post.text}`}>
      <p className={css.taskHead}>
        <strong>{text.moment}</strong>
        <span className={css.soft}>{clock(post.created)}</span>
        <span className={css.state} data-state={post.state}>
          {text.states[post.state]}
        </span>
      </p>
      <PostContent post={post} />
      {open && (
        <div className={css.pair}>
          <Button looks={["strong"]} disabled={publish.isPending} onClick={() => publish.mutate()}>
            {text.publish}
          </Button>
          {post.state !== "ignored" && (
            <Button disabled={ignore.isPending} onClick={() => ignore.mutate()}>
              {text.ignore}
            </Button>
          )}
        </div>
      )}
    </article>
  );
}
