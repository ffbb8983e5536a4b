import type { Audience, Build } from "@kit/api/types.ts";
import { formatCount } from "@kit/format/numbers.ts";
import { useText } from "@kit/i18n/messages.ts";
import { Button, Progress } from "antd";
import { useNote } from "../../jobs/notes.ts";
import { isBuilding } from "../hooks/useAudiences.ts";
import { audienceWords } from "../words.ts";
import styles from "./Audiences.module.css";
import { detailWords } from "./detailWords.ts";

type AtWorkProps = { build: Build; onCancel?: () => void; cancelling: boolean };

/** How far a build is; it can be stopped. */
export function BuildAtWork({ build, onCancel, cancelling }: AtWorkProps) {
  const t = useText(detailWords);
  const names = useText(audienceWords);
  const noteOf = useNote();
  const share = build.total ? Math.min(1, build.done / build.total) : null;
  return (
    <div className={styles.told} role="status">
      <span>{names.buildStates[build.state]}</span>
      <Progress
        className={styles.bar}
        size="small"
        percent={share === null ? 100 : Math.floor(share * 100)}
        showInfo={share !== null}
        status="active"
      />
      {build.total !== null && (
        <span className={styles.faint}>
          {formatCount(build.done)} / {formatCount(build.total)}
        </span>
      )}
      {build.note && <span className={styles.faint}>{noteOf(build)}</span>}
      {onCancel && build.state !== "cancelling" && (
        <Button size="small" loading={cancelling} onClick={onCancel}>
          {t.cancel}
        </Button>
      )}
    </div>
  );
}

type BannerProps = {
  audience: Audience;
  onCancel?: () => void;
  onBuild?: () => void;
  cancelling: boolean;
};

/** What stands between the audience and being up to date; nothing when it is. */
export function BuildBanner({ audience, onCancel, onBuild, cancelling }: BannerProps) {
  const t = useText(detailWords);
  const noteOf = useNote();
  const { build, state } = audience;
  if (audience.archived_at) return <div className={styles.told}>{t.archivedAt}</div>;
  if (build && isBuilding(build)) {
    return <BuildAtWork build={build} onCancel={onCancel} cancelling={cancelling} />;
  }
  const again = onBuild && (
    <Button size="small" onClick={onBuild}>
      {t.build}
    </Button>
  );
  if (build?.state === "failed") {
    return (
      <div className={`${styles.told} ${styles.failed}`} role="alert">
        {t.failed(noteOf(build))} {again}
      </div>
    );
  }
  if (state === "ready") return null;
  return (
    <div className={`${styles.told} ${styles.warning}`}>
      {build?.state === "cancelled" ? t.cancelled : state === "behind" ? t.behind : t.waiting}{" "}
      {again}
    </div>
  );
}
