import { CloseOutlined, LinkOutlined, PictureOutlined, ReadOutlined } from "@ant-design/icons";
import type { Welcome } from "@kit/api/types.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Button, Form, Input, Select, Space, Upload } from "antd";
import { MAY } from "../../../permissions.ts";
import { pictureAddress } from "../../files/api.ts";
import { useUpload } from "../../files/useUpload.ts";
import { useSendable } from "../../materials/hooks/useMaterials.ts";
import { WELCOME_ATTACHMENTS } from "../welcome.ts";
import styles from "./Builder.module.css";
import { builderWords } from "./BuilderWords.ts";

function LinkFields({ name }: { name: number }) {
  const t = useText(builderWords);
  return (
    <>
      <Form.Item
        name={[name, "title"]}
        style={{ marginBottom: 8 }}
        rules={[{ required: true, whitespace: true, message: t.titleNeeded }]}
      >
        <Input placeholder={t.linkTitle} maxLength={40} />
      </Form.Item>
      <Form.Item
        name={[name, "url"]}
        style={{ marginBottom: 8 }}
        rules={[{ required: true, pattern: /^https?:\/\/\S+$/, message: t.urlNeeded }]}
      >
        <Input placeholder={t.linkUrl} maxLength={1800} inputMode="url" />
      </Form.Item>
      <Form.Item name={[name, "description"]} style={{ marginBottom: 12 }}>
        <Input placeholder={t.linkText} maxLength={160} />
      </Form.Item>
    </>
  );
}

function ArticleField({ name }: { name: number }) {
  const t = useText(builderWords);
  const articles = useSendable();
  return (
    <Form.Item
      name={[name, "material_id"]}
      style={{ marginBottom: 12 }}
      extra={t.articleMeans}
      rules={[{ required: true, message: t.articleNeeded }]}
    >
      <Select
        showSearch
        aria-label={t.articleNeeded}
        optionFilterProp="label"
        placeholder={t.articleNeeded}
        loading={articles.isPending}
        notFoundContent={t.noArticles}
        style={{ width: "calc(100% - 32px)" }}
        options={articles.data?.map(({ id, title }) => ({ value: id, label: title }))}
      />
    </Form.Item>
  );
}

function Picture({ name }: { name: number }) {
  const t = useText(builderWords);
  const file: string = Form.useWatch(["welcome", "attachments", name, "file_id"]) ?? "";
  return <img className={styles.picture} src={pictureAddress(file)} alt={t.picture} />;
}

const FIELDS = { link: LinkFields, article: ArticleField, image: Picture };

/** Articles, links and pictures of a welcome, in the order in which they are sent. */
export function AttachmentFields() {
  const t = useText(builderWords);
  const may = useMay();
  const mayRead = may(MAY.readMaterials);
  const mayUpload = may(MAY.writeMaterials);
  const { upload, uploading } = useUpload();
  const parts: NonNullable<Welcome["attachments"]> =
    Form.useWatch(["welcome", "attachments"]) ?? [];
  return (
    <Form.List name={["welcome", "attachments"]}>
      {(fields, { add, remove }) => (
        <Form.Item label={t.attachments} style={{ marginBottom: 0 }}>
          {fields.map(({ key, name }) => {
            const Fields = FIELDS[parts[name]?.kind ?? "link"];
            return (
              <div key={key} className={styles.link}>
                <Button
                  className={styles.removeLink}
                  size="small"
                  type="text"
                  icon={<CloseOutlined />}
                  aria-label={t.removeLink}
                  onClick={() => remove(name)}
                />
                <Fields name={name} />
              </div>
            );
          })}
          {fields.length < WELCOME_ATTACHMENTS && (
            <Space wrap>
              {mayRead && (
                <Button icon={<ReadOutlined />} onClick={() => add({ kind: "article" })}>
                  {t.addArticle}
                </Button>
              )}
              <Button
                icon={<LinkOutlined />}
                onClick={() => add({ kind: "link", title: "", url: "", description: "" })}
              >
                {t.addLink}
              </Button>
              {mayUpload && (
                <Upload
                  accept="image/jpeg,image/png"
                  showUploadList={false}
                  beforeUpload={(picture) => {
                    upload(picture, (stored) => add({ kind: "image", file_id: stored.key }));
                    return false;
                  }}
                >
                  <Button icon={<PictureOutlined />} loading={uploading}>
                    {t.addPicture}
                  </Button>
                </Upload>
              )}
            </Space>
          )}
        </Form.Item>
      )}
    </Form.List>
  );
}
