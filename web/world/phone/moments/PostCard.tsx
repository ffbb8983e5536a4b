import { useText } from "@kit/i18n/messages.ts";
import { type FormEvent, type ReactNode, useState } from "react";
import type { Post, Reaction } from "../../api/tasks.ts";
import { Button } from "../../ui/Button.tsx";
import { clock } from "../../ui/clock.ts";
import { Portrait } from "../../ui/states.tsx";
import ui from "../../ui/ui.module.css";
import css from "../phone.module.css";
import { momentWords } from "./words.ts";

export type React = (kind: Reaction["kind"], text: string) => Promise<unknown>;

/** What a Moment shows: words, pictures, a link. */
export function PostContent({ post, onOpen }: { post: Post; onOpen?: (url: string) => void }) {
  const text = useText(momentWords);
  const { link } = post;
  return (
    <>
      {post.text && <p className={css.said}>{post.text}</p>}
      {post.pictures.length > 0 && (
        <div className={css.pictures}>
          {post.pictures.map((picture) => (
            <img key={picture} src={picture} alt="" loading="lazy" />
          ))}
        </div>
      )}
      {post.video && <p>{text.video}</p>}
      {link.url && (
        <button
          type="button"
          className={css.card}
          disabled={!onOpen}
          onClick={() => link.url && onOpen?.(link.url)}
        >
          <span>
            <strong>{link.title || link.url}</strong>
          </span>
          {link.pic && <img src={link.pic} alt="" />}
        </button>
      )}
    </>
  );
}

function Reactions({ reactions }: { reactions: Reaction[] }) {
  const text = useText(momentWords);
  if (reactions.length === 0) return null;
  const likes = reactions.filter((one) => one.kind === "like").map((one) => one.who.name);
  return (
    <div className={css.reactions}>
      {likes.length > 0 && (
        <p>
          <span className={css.soft}>{text.like}</span> {likes.join("、")}
        </p>
      )}
      {reactions
        .filter((one) => one.kind === "comment")
        .map((one) => (
          <p key={`${one.who.who}-${one.at}-${one.text}`}>
            <strong>{one.who.name}</strong>：{one.text}
          </p>
        ))}
    </div>
  );
}

function Answer({ post, me, onReact }: { post: Post; me: string; onReact: React }) {
  const text = useText(momentWords);
  const [typed, setTyped] = useState("");
  const liked = post.reactions.some((one) => one.kind === "like" && one.who.who === me);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const sentence = typed.trim();
    if (!sentence) return;
    setTyped("");
    onReact("comment", sentence).catch(() => setTyped(sentence));
  };
  return (
    <form className={css.answer} onSubmit={submit}>
      <Button
        looks={["small"]}
        aria-pressed={liked}
        onClick={() => onReact("like", "").catch(() => undefined)}
      >
        {liked ? text.unlike : text.like}
      </Button>
      <input
        className={ui.input}
        value={typed}
        placeholder={text.write}
        aria-label={text.comment}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button type="submit" looks={["small"]} disabled={!typed.trim()}>
        {text.send}
      </Button>
    </form>
  );
}

/** One Moment with what was said below it. */
export function PostCard({
  post,
  me,
  about,
  onReact,
  onOpen,
}: {
  post: Post;
  me: string;
  about?: ReactNode;
  onReact: React;
  onOpen: (url: string) => void;
}) {
  return (
    <article className={css.post} aria-label={`${post.author.name} ${post.text}`}>
      <Portrait src={post.author.avatar} size={36} />
      <div className={css.grow}>
        <p className={css.author}>{post.author.name}</p>
        <PostContent post={post} onOpen={onOpen} />
        <p className={css.soft}>
          {clock(post.published ?? post.created)} {about}
        </p>
        <Reactions reactions={post.reactions} />
        <Answer post={post} me={me} onReact={onReact} />
      </div>
    </article>
  );
}
