import { DeleteOutlined, DownloadOutlined, EditOutlined } from "@ant-design/icons";
import type { LiveCode } from "@kit/api/types.ts";
import { FigureCard } from "@kit/desk/FigureCard.tsx";
import { Moment } from "@kit/desk/Moment.tsx";
import { PageHead, Section } from "@kit/desk/PageHead.tsx";
import { Person } from "@kit/desk/Person.tsx";
import { Reading } from "@kit/desk/states.tsx";
import { TagList } from "@kit/desk/TagList.tsx";
import { useConfirm } from "@kit/desk/useConfirm.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Alert, Button, Descriptions, Spin } from "antd";
import { useNavigate, useParams } from "react-router";
import { MAY } from "../../../permissions.ts";
import { qrPicture } from "../api.ts";
import { useLiveCode, useLiveCodeActs, useLiveCodeNews } from "../hooks/useLiveCodes.ts";
import { CodeState } from "./CodeState.tsx";
import styles from "./LiveCodePage.module.css";
import { liveCodeWords } from "./LiveCodeWords.ts";
import { WelcomePreview } from "./WelcomePreview.tsx";

function Figures({ code }: { code: LiveCode }) {
  const t = useText(liveCodeWords);
  const people = `/people/customers?live_code=${code.id}`;
  return (
    <div className={styles.figures}>
      <FigureCard
        name={t.friends}
        definition={t.friendsMeans}
        unit="count"
        value={code.friends_ever}
        missing={t.notCounted}
        to={people}
      />
      <FigureCard
        name={t.lost}
        definition={t.lostMeans}
        unit="count"
        value={code.lost_first_day}
        missing={t.notCounted}
      />
      <FigureCard
        name={t.kept}
        definition={t.keptMeans}
        unit="count"
        value={code.still_friends}
        missing={t.notCounted}
      />
      <FigureCard
        name={t.orders}
        definition={t.ordersMeans}
        unit="count"
        value={code.orders}
        missing={t.noOrders}
      />
      <FigureCard
        name={t.gmv}
        definition={t.gmvMeans}
        unit="fen"
        value={code.gmv_fen}
        missing={t.noOrders}
      />
    </div>
  );
}

function Picture({ code }: { code: LiveCode }) {
  const t = useText(liveCodeWords);
  return (
    <Section title={t.qr}>
      <div className={styles.qr}>
        <div className={styles.picture}>
          {code.has_picture ? (
            <img src={qrPicture(code.id)} alt={t.qrOf(code.name)} />
          ) : (
            <Spin spinning={code.state === "creating"} />
          )}
        </div>
        <Descriptions
          column={1}
          items={[
            { key: "channel", label: t.channel, children: code.channel.name },
            {
              key: "tags",
              label: t.tags,
              children: code.tags.length ? <TagList tags={code.tags} max={8} /> : t.none,
            },
            { key: "skip", label: t.verify, children: code.skip_verify ? t.skip : t.confirm },
            { key: "created", label: t.created, children: <Moment at={code.created_at} /> },
            {
              key: "download",
              label: t.print,
              children: (
                <Button
                  size="small"
                  icon={<DownloadOutlined />}
                  href={qrPicture(code.id)}
                  download={`${code.name}.png`}
                  disabled={!code.has_picture}
                >
                  {t.download}
                </Button>
              ),
            },
          ]}
        />
      </div>
    </Section>
  );
}

function Detail({ code }: { code: LiveCode }) {
  const t = useText(liveCodeWords);
  const navigate = useNavigate();
  const mayWrite = useMay()(MAY.writeLiveCodes);
  const ask = useConfirm();
  const { retry, remove } = useLiveCodeActs();

  function onRemove() {
    ask({
      title: t.removeTitle(code.name),
      body: t.removeText,
      action: t.remove,
      run: async () => {
        await remove.mutateAsync(code.id);
        navigate("/growth/live-codes");
      },
    });
  }

  return (
    <>
      <PageHead
        title={code.name}
        mark={<CodeState state={code.state} />}
        back={{ to: "/growth/live-codes", label: t.codes }}
        actions={
          mayWrite && (
            <>
              <Button icon={<DeleteOutlined />} onClick={onRemove}>
                {t.remove}
              </Button>
              <Button type="primary" icon={<EditOutlined />} onClick={() => navigate("edit")}>
                {t.edit}
              </Button>
            </>
          )
        }
      />
      {code.state === "failed" && (
        <Alert
          type="error"
          showIcon
          style={{ marginBottom: 16 }}
          message={t.failed}
          description={code.problem}
          action={
            mayWrite && (
              <Button loading={retry.isPending} onClick={() => retry.mutate(code.id)}>
                {t.retry}
              </Button>
            )
          }
        />
      )}
      <div className={styles.page}>
        <div>
          <Figures code={code} />
          <Picture code={code} />
          <Section title={t.staff}>
            <div className={styles.people}>
              {code.staff.map((one) => (
                <Person key={one.id} name={one.name} url={one.avatar_url} />
              ))}
            </div>
          </Section>
        </div>
        <div className={styles.preview}>
          <WelcomePreview welcome={code.welcome} staffName={code.staff[0]?.name} />
        </div>
      </div>
    </>
  );
}

export function LiveCodePage() {
  const { id } = useParams();
  const code = useLiveCode(Number(id));
  useLiveCodeNews();
  return <Reading query={code}>{(found) => <Detail code={found} />}</Reading>;
}
