import { useText } from "@kit/i18n/messages.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { keys } from "../../api/keys.ts";
import { type Reaction, tasks } from "../../api/tasks.ts";
import type { Person } from "../../api/types.ts";
import { Empty, Shown } from "../../ui/states.tsx";
import { PostCard } from "./PostCard.tsx";
import { momentWords } from "./words.ts";

type Said = { userid: string; id: string; kind: Reaction["kind"]; text: string };

/** The Moments a person sees of the staff accounts they know. */
export function Timeline({ person, onOpen }: { person: Person; onOpen: (url: string) => void }) {
  const text = useText(momentWords);
  const me = `p-${person.id}`;
  const posts = useQuery({
    queryKey: keys.moments(me),
    queryFn: () => tasks.timeline(person.id),
  });
  const react = useMutation({
    mutationFn: (said: Said) => tasks.reacts(person.id, said, said.kind, said.text),
  });
  return (
    <Shown query={posts}>
      {(found) =>
        found.length === 0 ? (
          <Empty>{text.nothing}</Empty>
        ) : (
          found.map((post) => (
            <PostCard
              key={`${post.author.who}-${post.moment_id}`}
              post={post}
              me={me}
              onOpen={onOpen}
              onReact={(kind, said) =>
                react.mutateAsync({
                  userid: post.author.who.slice(2),
                  id: post.moment_id,
                  kind,
                  text: said,
                })
              }
            />
          ))
        )
      }
    </Shown>
  );
}
