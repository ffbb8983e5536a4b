import { Moment } from "@kit/desk/Moment.tsx";
import { PageHead } from "@kit/desk/PageHead.tsx";
import { Reading } from "@kit/desk/states.tsx";
import { useConfirm } from "@kit/desk/useConfirm.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Button, Tag } from "antd";
import { useParams } from "react-router";
import type { Import } from "../api.ts";
import { useImport, useImportActs } from "../hooks.ts";
import { exchangeWords, IMPORT_COLOURS } from "../words.ts";
import { ImportResult } from "./ImportResult.tsx";
import { ImportSetUp } from "./ImportSetUp.tsx";

const words = defineMessages({
  zh: {
    until: "文件删除时间",
    discard: "删除文件",
    discardAsk: "删除这个文件？",
    discardText: "已经导入的客户不受影响；错误行将不能再下载。",
    expired: "文件已删除，设置不能再修改；需要时请重新上传。",
  },
  en: {
    until: "File is deleted",
    discard: "Delete file",
    discardAsk: "Delete this file?",
    discardText: "Customers that were imported stay; wrong rows cannot be fetched any more.",
    expired: "The file is gone and cannot be set up any more: upload it again.",
  },
});

const SETTING_UP = new Set(["uploaded", "checking", "checked"]);

function Body({ file }: { file: Import }) {
  const t = useText(words);
  if (file.state === "expired") return <p>{t.expired}</p>;
  if (SETTING_UP.has(file.state)) return <ImportSetUp file={file} />;
  return <ImportResult file={file} />;
}

/** One file: say what it means, try it, import it, and see what came of it. */
export function ImportPage() {
  const id = Number(useParams().id);
  const t = useText(words);
  const names = useText(exchangeWords);
  const query = useImport(id);
  const acts = useImportActs(id);
  const confirm = useConfirm();
  const file = query.data;
  const still = file && file.state !== "expired" && file.state !== "running";
  return (
    <>
      <PageHead
        title={file?.name ?? names.exchange}
        back={{ to: "/people/exchange", label: names.exchange }}
        mark={file && <Tag color={IMPORT_COLOURS[file.state]}>{names.states[file.state]}</Tag>}
        note={
          still && (
            <>
              {t.until}：<Moment at={file.expires_at} />
            </>
          )
        }
        actions={
          still && (
            <Button
              onClick={() =>
                confirm({
                  title: t.discardAsk,
                  body: t.discardText,
                  action: t.discard,
                  run: () => acts.discard.mutateAsync(),
                })
              }
            >
              {t.discard}
            </Button>
          )
        }
      />
      <Reading query={query}>{(data) => <Body file={data} />}</Reading>
    </>
  );
}
