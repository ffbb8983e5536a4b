import { DownOutlined, UpOutlined } from "@ant-design/icons";
import type { AudienceOf } from "@kit/api/types.ts";
import { Section } from "@kit/desk/PageHead.tsx";
import { Reading } from "@kit/desk/states.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { useState } from "react";
import { Link } from "react-router";
import { MAY } from "../../../permissions.ts";
import { useAudience, useAudiencesOf } from "../hooks/useAudiences.ts";
import { useRuleWorldOf } from "../hooks/useRuleWorld.ts";
import { useWhyIn } from "../hooks/useWhy.ts";
import type { Rule } from "../rule/language.ts";
import styles from "./Audiences.module.css";
import { KindTag } from "./KindTag.tsx";
import { RuleWorldProvider } from "./RuleWorld.ts";
import { WhyLines } from "./WhyLines.tsx";

const words = defineMessages({
  zh: {
    title: "所在人群",
    none: "不在任何人群里。",
    list: "在这份名单上。",
    now: "按现在的条件逐条看：",
    left: "现在已不满足条件，人群更新后会离开。",
    open: "看人群",
  },
  en: {
    title: "Audiences",
    none: "In no audience.",
    list: "On this list.",
    now: "By its conditions right now:",
    left: "The conditions no longer hold; the person leaves with the next update.",
    open: "Open the audience",
  },
});

/** Why a person is in an audience that follows a rule. */
function ByRule({ customerId, audienceId }: { customerId: number; audienceId: number }) {
  const t = useText(words);
  const audience = useAudience(audienceId);
  const why = useWhyIn(customerId, audienceId);
  const rule = (audience.data?.rule ?? null) as Rule | null;
  const world = useRuleWorldOf([rule]);
  return (
    <Reading query={why} rows={2}>
      {(found) => (
        <>
          <span>{found.member ? t.now : t.left}</span>
          {rule && world.data && (
            <RuleWorldProvider value={world.data}>
              <WhyLines why={found.why} rule={rule} />
            </RuleWorldProvider>
          )}
        </>
      )}
    </Reading>
  );
}

function Row({ customerId, audience }: { customerId: number; audience: AudienceOf }) {
  const t = useText(words);
  const [open, setOpen] = useState(false);
  return (
    <div>
      <button
        type="button"
        className={styles.panelRow}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span>
          {audience.name} <KindTag {...audience} />
        </span>
        {open ? <UpOutlined /> : <DownOutlined />}
      </button>
      {open && (
        <div className={styles.why}>
          {audience.kind === "list" ? (
            t.list
          ) : (
            <ByRule customerId={customerId} audienceId={audience.id} />
          )}
          <Link to={`/people/audiences/${audience.id}`}>{t.open}</Link>
        </div>
      )}
    </div>
  );
}

/** The audiences a customer is in, each with why; nothing for roles that may not see audiences. */
export function AudiencesPanel({ customerId }: { customerId: number }) {
  return useMay()(MAY.readAudiences) ? <Panel customerId={customerId} /> : null;
}

function Panel({ customerId }: { customerId: number }) {
  const t = useText(words);
  return (
    <Section title={t.title}>
      <Reading query={useAudiencesOf(customerId)} rows={2}>
        {(found) =>
          found.length ? (
            found.map((one) => <Row key={one.id} customerId={customerId} audience={one} />)
          ) : (
            <p style={{ color: "var(--ink-faint)" }}>{t.none}</p>
          )
        }
      </Reading>
    </Section>
  );
}
