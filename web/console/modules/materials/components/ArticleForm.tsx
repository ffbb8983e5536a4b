import { PictureOutlined } from "@ant-design/icons";
import type { MaterialDraft, MaterialFull } from "@kit/api/types.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { PageHead, Section } from "@kit/desk/PageHead.tsx";
import { PhoneFrame } from "@kit/desk/PhoneFrame.tsx";
import { useConfirm } from "@kit/desk/useConfirm.tsx";
import { useFormProblem } from "@kit/desk/useFormProblem.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { App, Button, Form, Input, Select, Upload } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { MAY } from "../../../permissions.ts";
import { useUpload } from "../../files/useUpload.ts";
import { useMaterialActs } from "../hooks/useMaterials.ts";
import { materialWords } from "../words.ts";
import { articleWords } from "./ArticleWords.ts";
import styles from "./Editor.module.css";
import { Editor } from "./Editor.tsx";
import { MaterialStateTag } from "./MaterialState.tsx";

type Cover = { key: string | null; url: string | null };
type Fields = { title: string; summary: string; topics: string[] };

function CoverField({ cover, onChange }: { cover: Cover; onChange: (cover: Cover) => void }) {
  const t = useText(articleWords);
  const { upload, uploading } = useUpload();
  return (
    <Form.Item label={t.cover} extra={t.coverNote}>
      <div className={styles.coverArea}>
        {cover.url && <img className={styles.cover} src={cover.url} alt={t.cover} />}
        <Upload
          accept="image/jpeg,image/png,image/webp,image/gif"
          showUploadList={false}
          beforeUpload={(picture) => {
            upload(picture, ({ key, url }) => onChange({ key, url }));
            return false;
          }}
        >
          <Button icon={<PictureOutlined />} loading={uploading}>
            {cover.url ? t.changeCover : t.chooseCover}
          </Button>
        </Upload>
        {cover.url && (
          <Button type="link" onClick={() => onChange({ key: null, url: null })}>
            {t.removeCover}
          </Button>
        )}
      </div>
    </Form.Item>
  );
}

function Preview({ title, body }: { title: string; body: string }) {
  const t = useText(articleWords);
  return (
    <div className={styles.preview}>
      <PhoneFrame title={t.preview}>
        <h2 className={styles.title}>{title || t.untitled}</h2>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: made by the editor on this page, or cleaned by the server */}
        <div className={styles.prose} dangerouslySetInnerHTML={{ __html: body }} />
      </PhoneFrame>
    </div>
  );
}

/** Writes an article: left the text, right the phone that will show it. */
export function ArticleForm({ material }: { material?: MaterialFull }) {
  const t = useText(articleWords);
  const names = useText(materialWords);
  const navigate = useNavigate();
  const { message } = App.useApp();
  const mayWrite = useMay()(MAY.writeMaterials);
  const ask = useConfirm();
  const [form] = Form.useForm<Fields>();
  const showProblem = useFormProblem(form);
  const title = Form.useWatch("title", form) ?? material?.title ?? "";
  const [body, setBody] = useState(material?.body ?? "");
  const [cover, setCover] = useState<Cover>({
    key: material?.cover_key ?? null,
    url: material?.cover_url ?? null,
  });
  const { save, publish, archive } = useMaterialActs();

  async function store(): Promise<MaterialFull | null> {
    const fields = await form.validateFields().catch(() => null);
    if (!fields) return null;
    const draft: MaterialDraft = { ...fields, body, cover_key: cover.key };
    return save.mutateAsync({ id: material?.id, body: draft }).catch((failure: unknown) => {
      showProblem(failure);
      return null;
    });
  }

  async function onSave() {
    const stored = await store();
    if (!stored) return;
    message.success(t.saved);
    if (!material) navigate(`/activation/materials/${stored.id}`, { replace: true });
  }

  async function onPublish() {
    const stored = await store();
    if (!stored) return;
    publish.mutate(stored.id, {
      onSuccess: () => {
        message.success(t.published);
        if (!material) navigate(`/activation/materials/${stored.id}`, { replace: true });
      },
    });
  }

  function onArchive(id: number) {
    ask({
      title: t.archiveTitle,
      body: t.archiveText,
      action: t.archive,
      run: () => archive.mutateAsync(id),
    });
  }

  const live = material?.state === "published";
  const actions = mayWrite && (
    <>
      {material && live && <Button onClick={() => onArchive(material.id)}>{t.archive}</Button>}
      <Button onClick={onSave} loading={save.isPending}>
        {live ? t.saveLive : t.save}
      </Button>
      {!live && (
        <Button type="primary" onClick={onPublish} loading={publish.isPending}>
          {t.publish}
        </Button>
      )}
    </>
  );
  return (
    <>
      <PageHead
        title={material?.title || t.add}
        mark={material && <MaterialStateTag state={material.state} />}
        back={{ to: "/activation/materials", label: names.title }}
        actions={actions}
        note={
          material?.published_at && (
            <>
              {t.publishedAt} <Moment at={material.published_at} /> ·{" "}
              <a href={material.url} target="_blank" rel="noreferrer">
                {t.open}
              </a>
            </>
          )
        }
      />
      <div className={styles.layout}>
        <Section>
          <Form<Fields>
            name="article"
            form={form}
            layout="vertical"
            disabled={!mayWrite}
            initialValues={{
              title: material?.title ?? "",
              summary: material?.summary ?? "",
              topics: material?.topics ?? [],
            }}
          >
            <Form.Item
              name="title"
              label={t.title}
              rules={[{ required: true, whitespace: true, message: t.titleNeeded }]}
            >
              <Input maxLength={64} showCount size="large" />
            </Form.Item>
            <Form.Item name="summary" label={t.summary} extra={t.summaryNote}>
              <Input maxLength={120} showCount />
            </Form.Item>
            <CoverField cover={cover} onChange={setCover} />
            <Form.Item name="topics" label={t.topics}>
              <Select mode="tags" maxCount={10} tokenSeparators={[",", "，", " "]} open={false} />
            </Form.Item>
            <Form.Item label={t.body} style={{ marginBottom: 0 }}>
              <Editor initial={body} onChange={setBody} />
            </Form.Item>
          </Form>
        </Section>
        <Preview title={title} body={body} />
      </div>
    </>
  );
}
