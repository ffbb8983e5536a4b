import { useText } from "@kit/i18n/messages.ts";
import { useQuery } from "@tanstack/react-query";
import { keys } from "../../api/keys.ts";
import { tasks } from "../../api/tasks.ts";
import { Empty, Shown } from "../../ui/states.tsx";
import { useStaffMoments } from "../moments/OwnMoments.tsx";
import { MassCard } from "./MassCard.tsx";
import { MomentCard } from "./MomentCard.tsx";
import { taskWords } from "./words.ts";

function useMass(userid: string) {
  return useQuery({
    queryKey: keys.mass(userid),
    queryFn: () => tasks.mass(userid),
    // Nobody tells that a task arrived in the client; it is asked for while it is on its way.
    refetchInterval: ({ state }) =>
      state.data?.some((task) => task.state === "dispatching") ? 1000 : false,
  });
}

/** How many tasks wait for a staff account. */
export function useWaitingTasks(userid: string): number {
  const mass = useMass(userid).data ?? [];
  const moments = useStaffMoments(userid).data ?? [];
  return [...mass, ...moments].filter((task) => task.state === "waiting").length;
}

/** What a staff account is asked to confirm, and what became of what it was asked. */
export function TaskScreen({ userid }: { userid: string }) {
  const text = useText(taskWords);
  const mass = useMass(userid);
  const moments = useStaffMoments(userid);
  return (
    <Shown query={mass}>
      {(messages) => (
        <Shown query={moments}>
          {(all) => {
            const posts = all.filter((post) => !post.personal);
            const cards = [
              ...messages.map((task) => ({
                at: task.created,
                card: <MassCard key={task.msgid} userid={userid} task={task} />,
              })),
              ...posts.map((post) => ({
                at: post.created,
                card: <MomentCard key={post.moment_id} userid={userid} post={post} />,
              })),
            ].sort((one, other) => other.at - one.at);
            if (cards.length === 0) return <Empty>{text.nothing}</Empty>;
            return cards.map(({ card }) => card);
          }}
        </Shown>
      )}
    </Shown>
  );
}
