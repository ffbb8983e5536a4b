import { useText } from "@kit/i18n/messages.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { world } from "../api/client.ts";
import { keys } from "../api/keys.ts";
import type { Act, Story } from "../api/types.ts";
import { Button } from "../ui/Button.tsx";
import { words } from "../words.ts";
import css from "./shell.module.css";

const PEOPLE = 30;
const SECONDS = 60;
const ACTS: Act[] = ["arrive", "open", "forward", "buy", "refund", "delete", "return"];

function useStory() {
  const client = useQueryClient();
  const stories = useQuery({ queryKey: keys.stories, queryFn: world.stories });
  const show = (story: Story) =>
    client.setQueryData<Story[]>(keys.stories, (now) => [
      story,
      ...(now ?? []).filter((other) => other.id !== story.id),
    ]);
  const begin = useMutation({
    mutationFn: () => world.beginStory(PEOPLE, SECONDS),
    onSuccess: show,
  });
  const stop = useMutation({ mutationFn: world.stopStory, onSuccess: show });
  return { story: stories.data?.[0] ?? null, begin, stop };
}

/** How often each thing has happened so far: 扫码 12 · 阅读 9. */
export function happened(story: Story): { act: Act; count: number }[] {
  return ACTS.map((act) => ({ act, count: story.acts[act]?.done ?? 0 })).filter(
    ({ count }) => count > 0,
  );
}

function Progress({ story }: { story: Story }) {
  const text = useText(words);
  const ended = { running: null, done: text.storyDone, stopped: text.storyStopped }[story.status];
  return (
    <div className={css.progress} role="status">
      <progress max={story.steps} value={story.steps_done} aria-label={text.storyButton} />
      <p className={css.progressText}>
        <span>{ended ?? text.storyRunning(story.steps_done, story.steps)}</span>
        {happened(story).map(({ act, count }) => (
          <span key={act}>
            {text.acts[act]} {count}
          </span>
        ))}
        {story.problems.length > 0 && (
          <span className={css.bad} title={story.problems.join("\n")}>
            {text.storyProblems(story.problems.length)}
          </span>
        )}
      </p>
    </div>
  );
}

/** The button that sends thirty people through the story, and how far they are. */
export function StoryBar() {
  const text = useText(words);
  const { story, begin, stop } = useStory();
  const running = story?.status === "running";
  return (
    <div className={css.story}>
      {story && <Progress story={story} />}
      {running ? (
        <Button disabled={stop.isPending} onClick={() => stop.mutate(story.id)}>
          {text.storyStop}
        </Button>
      ) : (
        <Button
          looks={story ? [] : ["strong"]}
          disabled={begin.isPending}
          onClick={() => begin.mutate()}
        >
          {story ? text.storyAgain : text.storyButton}
        </Button>
      )}
    </div>
  );
}
