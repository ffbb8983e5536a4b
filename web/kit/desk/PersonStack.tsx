import { Avatar, Tooltip } from "antd";
import { Face } from "./Person.tsx";

type One = { id: number; name: string; avatar_url?: string | null };

/** Several people in the width of a few; all names on hover. */
export function PersonStack({ people, max = 4 }: { people: readonly One[]; max?: number }) {
  if (people.length === 1 && people[0]) {
    const [one] = people;
    return (
      <span style={{ display: "inline-flex", gap: 6, alignItems: "center", whiteSpace: "nowrap" }}>
        <Face name={one.name} url={one.avatar_url} size={22} />
        {one.name}
      </span>
    );
  }
  return (
    <Tooltip title={people.map((one) => one.name).join("、")}>
      <span>
        <Avatar.Group max={{ count: max }} size={22}>
          {people.map((one) => (
            <Face key={one.id} name={one.name} url={one.avatar_url} size={22} />
          ))}
        </Avatar.Group>
      </span>
    </Tooltip>
  );
}
