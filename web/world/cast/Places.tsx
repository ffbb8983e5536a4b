import { formatMoney } from "@kit/format/numbers.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useState } from "react";
import { siyuHost, useWorldState } from "../api/hooks.ts";
import type { WorldState } from "../api/types.ts";
import { LinkButton } from "../ui/Button.tsx";
import { Empty, Shown } from "../ui/states.tsx";
import css from "./cast.module.css";
import {
  type CodeInSight,
  joinCode,
  linkCode,
  sceneCode,
  serviceCode,
  staffCode,
  useAcquisitionLinks,
  useJoinWays,
  useOfficial,
  useServiceWays,
  wayCode,
} from "./sights.ts";
import { WhoScans } from "./WhoScans.tsx";
import { castWords } from "./words.ts";

const ACTIVE = 1;

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
        {code.picture && <img src={code.picture} alt={text.qrAlt} loading="lazy" />}
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

/** Codes of the official account, links of the acquisition assistant and into customer service. */
function OtherDoors({ base, onScan }: { base: string; onScan: (code: CodeInSight) => void }) {
  const text = useText(castWords);
  const codes = useOfficial().data?.codes ?? [];
  const links = useAcquisitionLinks().data ?? [];
  const ways = useServiceWays().data ?? [];
  return (
    <>
      {codes.length > 0 && <h3 className={css.heading}>{text.officialCodes}</h3>}
      <ul className={css.cards}>
        {codes.map((code) => (
          <Card
            key={code.key}
            code={sceneCode(code, base)}
            about={text.scans(code.scans)}
            onScan={onScan}
          />
        ))}
      </ul>
      {links.length > 0 && <h3 className={css.heading}>{text.links}</h3>}
      <ul className={css.cards}>
        {links.map((link) => (
          <Card
            key={link.link_id}
            code={linkCode(link)}
            about={text.clicks(link.clicks)}
            onScan={onScan}
          />
        ))}
      </ul>
      {ways.length > 0 && <h3 className={css.heading}>{text.serviceWays}</h3>}
      <ul className={css.cards}>
        {ways.map((way) => (
          <Card key={way.url} code={serviceCode(way)} about={text.ask} onScan={onScan} />
        ))}
      </ul>
    </>
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
          <OtherDoors base={world.corp.base_url} onScan={setScanned} />
          <Shop shop={world.shop} />
          {scanned && <WhoScans sight={scanned} onClose={() => setScanned(null)} />}
        </>
      )}
    </Shown>
  );
}
