import { useText } from "@kit/i18n/messages.ts";
import { useWorldState } from "../api/hooks.ts";
import type { Staff } from "../api/types.ts";
import { useStage } from "../stage.ts";
import { Portrait, Shown } from "../ui/states.tsx";
import css from "./cast.module.css";
import { castWords } from "./words.ts";

const ACTIVE = 1;

function StaffRow({ staff }: { staff: Staff }) {
  const text = useText(castWords);
  const stage = useStage();
  const about = [staff.position];
  if (staff.status !== ACTIVE) about.push(text.inactive);
  else if (staff.can_contact) about.push(text.customers(staff.customers));
  else about.push(text.cannotContact);
  return (
    <li>
      <button
        type="button"
        className={css.row}
        aria-pressed={stage.staff === staff.userid}
        onClick={() => stage.choose({ kind: "s", userid: staff.userid })}
      >
        <Portrait src={staff.avatar} />
        <div>
          <p className={css.name}>
            {staff.name} · {staff.alias}
          </p>
          <p className={css.about}>{about.join(" · ")}</p>
        </div>
      </button>
    </li>
  );
}

export function StaffList() {
  const state = useWorldState();
  return (
    <Shown query={state}>
      {({ staff }) => (
        <ul>
          {staff.map((one) => (
            <StaffRow key={one.userid} staff={one} />
          ))}
        </ul>
      )}
    </Shown>
  );
}
