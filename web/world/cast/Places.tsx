import { formatMoney } from "@kit/format/numbers.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { groups, type JoinWay } from "../api/groups.ts";
import { siyuHost, useWorldState } from "../api/hooks.ts";
import { keys } from "../api/keys.ts";
import type { Staff, Way, WorldState } from "../api/types.ts";
import { LinkButton } from "../ui/Button.tsx";
import { Empty, Shown } from "../ui/states.tsx";
import { castWords } from "../words.ts";
import css from "./cast.module.css";
import { type CodeInSight, WhoScans } from "./WhoScans.tsx";

const ACTIVE = 1;

/** A live code as a card that lies about. */
export function wayCode(way: Way): CodeInSight {
  return {
    name: way.remark || way.state || way.config_id,
    picture: way.picture,
    code: { config_id: way.config_id },
  };
}

/** A code into groups as a card that lies about. */
export function joinCode(way: JoinWay): CodeInSight {
  return {
    name: way.remark || way.state || way.config_id,
    picture: way.picture,
    code: { config_id: way.config_id, group: true },
  };
}

/** The codes into groups that lie about. */
export function useJoinWays() {
  return useQuery({ queryKey: keys.joinWays, queryFn: groups.joinWays });
}

/** The code every staff account has of its own. */
export function staffCode(staff: Staff, base: string): CodeInSight {
  return {
    name: staff.alias || staff.name,
    picture: `${base}/qr/staff/${staff.userid}.png`,
    code: { url: `${base}/u/${staff.userid}` },
  };
}

function Card({
  code,
  about,
  onScan,
}: {
  code: CodeInSight;
  about: string;
  onScan: (code: CodeInSight) => void;
}) {
  const text = useText(castWords);
  return (
    <li>
      <button type="button" className={css.card} onClick={() => onScan(code)}>
        <img src={code.picture} alt={text.qrAlt} loading="lazy" />
        <span className={css.name}>{code.name}</span>
        <span className={css.about}>{about}</span>
      </button>
    </li>
  );
}

function Codes({ state, onScan }: { state: WorldState; onScan: (code: CodeInSight) => void }) {
  const text = useText(castWords);
  const host = siyuHost(state);
  if (state.ways.length === 0) {
    return (
      <Empty>
        <p>{text.noCodes}</p>
        {host && (
          <LinkButton href={`//${host}/console/live-codes`} target="_blank" rel="noreferrer">
            {text.toConsole}
          </LinkButton>
        )}
      </Empty>
    );
  }
  return (
    <ul className={css.cards}>
      {state.ways.map((way) => (
        <Card
          key={way.config_id}
          code={wayCode(way)}
          about={text.scans(way.scans)}
          onScan={onScan}
        />
      ))}
    </ul>
  );
}

function GroupCodes({ onScan }: { onScan: (code: CodeInSight) => void }) {
  const text = useText(castWords);
  return (
    <Shown query={useJoinWays()}>
      {(ways) =>
        ways.length === 0 ? (
          <p className={css.say}>{text.noGroupCodes}</p>
        ) : (
          <ul className={css.cards}>
            {ways.map((way) => (
              <Card
                key={way.config_id}
                code={joinCode(way)}
                about={text.scans(way.scans)}
                onScan={onScan}
              />
            ))}
          </ul>
        )
      }
    </Shown>
  );
}

function Shop({ shop }: { shop: WorldState["shop"] }) {
  const text = useText(castWords);
  return (
    <>
      <h3 className={css.heading}>{shop.name}</h3>
      <p className={css.say}>
        {shop.products.map((one) => `${one.name} ${formatMoney(one.price_fen)}`).join(" · ")}
        <br />
        {shop.configured ? text.shopOn : text.shopOff}
      </p>
    </>
  );
}

/** Codes, cards and the shop: what people come across. */
export function Places() {
  const text = useText(castWords);
  const state = useWorldState();
  const [scanned, setScanned] = useState<CodeInSight | null>(null);
  return (
    <Shown query={state}>
      {(world) => (
        <>
          <h3 className={css.heading}>{text.codes}</h3>
          <Codes state={world} onScan={setScanned} />
          <h3 className={css.heading}>{text.groupCodes}</h3>
          <GroupCodes onScan={setScanned} />
          <h3 className={css.heading}>{text.staffCodes}</h3>
          <ul className={css.cards}>
            {world.staff
              .filter((staff) => staff.can_contact && staff.status === ACTIVE)
              .map((staff) => (
                <Card
                  key={staff.userid}
                  code={staffCode(staff, world.corp.base_url)}
                  about={staff.name}
                  onScan={setScanned}
                />
              ))}
          </ul>
          <Shop shop={world.shop} />
          {scanned && <WhoScans sight={scanned} onClose={() => setScanned(null)} />}
        </>
      )}
    </Shown>
  );
}
