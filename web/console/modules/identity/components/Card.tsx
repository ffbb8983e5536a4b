import type { PersonCard } from "@kit/api/types.ts";
import { Person } from "@kit/desk/Person.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { Link } from "react-router";
import { identityWords } from "../words.ts";

/** Who it is, in one line that leads to their page. */
export function Card({ person, plain }: { person: PersonCard; plain?: boolean }) {
  const t = useText(identityWords);
  const note = person.staff.length ? `${t.staff} ${person.staff.join("、")}` : undefined;
  const face = <Person name={person.name || t.unnamed} url={person.avatar_url} note={note} />;
  return plain ? face : <Link to={`/people/customers/${person.id}`}>{face}</Link>;
}
