import { formatDuration } from "@kit/format/numbers.ts";
import { useLanguage } from "@kit/i18n/language.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useSession } from "@kit/session/session.ts";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { readToday } from "../api/client.ts";
import { keys } from "../api/keys.ts";
import type { NewFriend, Reading, Today } from "../api/types.ts";
import { Face } from "../ui/Face.tsx";
import { Figures } from "../ui/Figures.tsx";
import { ago } from "../ui/format.ts";
import { Empty, Shown } from "../ui/states.tsx";
import ui from "../ui/ui.module.css";
import { useNow } from "../ui/useNow.ts";
import { words } from "../words.ts";
import { pauseAfter, stillReading } from "./live.ts";
import css from "./today.module.css";
import { todayWords } from "./words.ts";

const FIRST_READINGS = 4;

function ReadingRow({ reading, now }: { reading: Reading; now: number }) {
  const text = useText(todayWords);
  const language = useLanguage();
  const { someone } = useText(words);
  const live = stillReading(reading, now);
  const name = reading.customer_name || someone;
  return (
    <li>
      <Link to={`/customers/${reading.customer_id}`} className={ui.row}>
        <Face name={name} url={reading.customer_avatar_url} />
        <div className={ui.grow}>
          <p className={ui.line}>
            <span className={ui.name}>{name}</span>{" "}
            {reading.forwarded && <span className={ui.tag}>{text.forwarded}</span>}
          </p>
          <p className={`${ui.line} ${ui.soft}`}>《{reading.title}》</p>
        </div>
        <div className={css.aside}>
          {live ? (
            <span className={css.live}>{text.reading}</span>
          ) : (
            <span>{ago(reading.viewed_at, language, now)}</span>
          )}
          {reading.seconds > 0 && (
            <span>{text.read(formatDuration(reading.seconds, language), reading.depth)}</span>
          )}
        </div>
      </Link>
    </li>
  );
}

function FriendRow({ friend, now }: { friend: NewFriend; now: number }) {
  const text = useText(todayWords);
  const language = useLanguage();
  const name = friend.remark || friend.name;
  return (
    <li className={css.friend}>
      <Link to={`/customers/${friend.customer_id}`} className={ui.row}>
        <Face name={name} url={friend.avatar_url} />
        <div className={ui.grow}>
          <p className={ui.line}>
            <span className={ui.name}>{name}</span>{" "}
            {friend.welcomed === false && (
              <span className={ui.tag} data-tone="attention">
                {text.greet}
              </span>
            )}{" "}
            {friend.again && <span className={ui.tag}>{text.again}</span>}
          </p>
          <p className={ui.soft}>
            {ago(friend.added_at, language, now)} · {friend.reason}
          </p>
        </div>
      </Link>
      <Link to={`/materials?to=${friend.customer_id}`} className={css.send}>
        {text.send}
      </Link>
    </li>
  );
}

function Readings({ today, now }: { today: Today; now: number }) {
  const text = useText(todayWords);
  const navigate = useNavigate();
  const [all, setAll] = useState(false);
  const shown = all ? today.readings : today.readings.slice(0, FIRST_READINGS);
  return (
    <section className={ui.card}>
      <div className={ui.head}>
        <h2>{text.readings}</h2>
        {today.readings.length > FIRST_READINGS && (
          <Button size="mini" fill="none" color="primary" onClick={() => setAll(!all)}>
            {all ? text.fewer : text.allReadings(today.readings.length)}
          </Button>
        )}
      </div>
      {today.readings.length === 0 ? (
        <Empty>
          <p>{text.noReadings}</p>
          <Button color="primary" fill="outline" onClick={() => void navigate("/materials")}>
            {text.toMaterials}
          </Button>
        </Empty>
      ) : (
        <ul>
          {shown.map((reading) => (
            <ReadingRow key={reading.visit_id} reading={reading} now={now} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Friends({ today, now }: { today: Today; now: number }) {
  const text = useText(todayWords);
  return (
    <section className={ui.card}>
      <div className={ui.head}>
        <h2>{text.friends}</h2>
        {today.new_friends.length > 0 && (
          <span className={ui.soft}>{today.new_friends.length}</span>
        )}
      </div>
      {today.new_friends.length === 0 ? (
        <p className={ui.warning}>{text.noFriends}</p>
      ) : (
        <ul>
          {today.new_friends.map((friend) => (
            <FriendRow key={friend.contact_id} friend={friend} now={now} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** Whom to talk to now, and why. */
export function TodayPage() {
  const text = useText(todayWords);
  const { name } = useSession();
  const language = useLanguage();
  const now = useNow();
  const today = useQuery({
    queryKey: keys.today,
    queryFn: readToday,
    refetchInterval: ({ state }) => pauseAfter(state.data),
  });
  return (
    <div className={ui.page}>
      <div className={ui.title}>
        <h1>{text.hello(name)}</h1>
      </div>
      <Shown query={today}>
        {(data) => (
          <>
            <section className={ui.card}>
              <div className={ui.head}>
                <h2>{text.numbers}</h2>
                {data.numbers.as_of && (
                  <span className={ui.soft}>
                    {text.asOf(ago(data.numbers.as_of.at, language, now))}
                  </span>
                )}
              </div>
              <Figures numbers={data.numbers} />
            </section>
            <Readings today={data} now={now} />
            <Friends today={data} now={now} />
          </>
        )}
      </Shown>
    </div>
  );
}
