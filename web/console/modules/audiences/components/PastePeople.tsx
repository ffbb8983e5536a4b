import { UploadOutlined } from "@ant-design/icons";
import { sentenceOf } from "@kit/api/problem.ts";
import { CopyButton } from "@kit/desk/CopyButton.tsx";
import { focusOnceShown } from "@kit/desk/focusOnceShown.ts";
import { formatCount } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Alert, Button, Form, Input, Modal, Upload } from "antd";
import { type SetStateAction, useId, useMemo, useState } from "react";
import { useAudienceActs } from "../hooks/useAudiences.ts";
import {
  decoded,
  firstColumn,
  type Line,
  linesOf,
  MOST_BYTES,
  MOST_LINES,
  type Outcome,
  outcomeOf,
  toSend,
} from "../pasted.ts";
import styles from "./Pasting.module.css";

const words = defineMessages({
  zh: {
    title: "添加客户",
    label: "每行一个：手机号、企业微信客户 ID、unionid、openid、会员号或 #客户编号",
    place: "13800138000\nwmXXXXXXXXXXXXXXXXXXXXXX\n#123",
    file: "选择文件",
    fileNote: "txt 或 csv，取第一列",
    count: (n: string) => `共 ${n} 行`,
    tooMany: (n: string, most: string) => `共 ${n} 行，一次最多 ${most} 行，请分几次添加。`,
    fileMany: (n: string, most: string) =>
      `文件里有 ${n} 行，一次最多 ${most} 行，请拆成几个文件。`,
    fileLarge: "文件超过 10 MB，请只保留需要的那一列。",
    unreadable: "无法读取这个文件，请在表格软件里另存为 CSV 后再选。",
    add: "添加",
    again: "继续添加",
    done: "完成",
    outcome: (added: string, known: string, missing: string, ambiguous: string) =>
      `已添加 ${added} 位，${known} 位原本就在名单上，${missing} 行没有找到，${ambiguous} 行对应多位客户`,
    missing: "没有找到，或不在你的数据范围内",
    ambiguous: "对应多位客户，没有添加",
  },
  en: {
    title: "Add customers",
    label: "One a line: phone, WeCom external user id, unionid, openid, member number or #number",
    place: "13800138000\nwmXXXXXXXXXXXXXXXXXXXXXX\n#123",
    file: "Choose a file",
    fileNote: "txt or csv; its first column is taken",
    count: (n) => `${n} lines`,
    tooMany: (n, most) => `${n} lines; ${most} at most at a time. Add them in portions.`,
    fileMany: (n, most) => `The file has ${n} lines; ${most} at most at a time. Split it.`,
    fileLarge: "The file is larger than 10 MB. Keep only the column that is needed.",
    unreadable: "This file cannot be read. Save it as CSV in the spreadsheet and choose that.",
    add: "Add",
    again: "Add more",
    done: "Done",
    outcome: (added, known, missing, ambiguous) =>
      `${added} added, ${known} were on the list already, ${missing} lines not found, ${ambiguous} lines name several customers`,
    missing: "Not found, or not among the customers you see",
    ambiguous: "Name several customers; none was added",
  },
});

/** Lines of which nothing came, as they were pasted. */
function Left({ title, lines }: { title: string; lines: Line[] }) {
  if (lines.length === 0) return null;
  return (
    <section aria-label={title}>
      <div className={styles.head}>
        <strong>{title}</strong>
        <CopyButton size="small" value={lines.map((each) => each.text).join("\n")} />
      </div>
      <ol className={styles.lines}>
        {lines.map(({ line, text }) => (
          <li key={line}>
            <span className={styles.number}>{line}</span>
            <span>{text}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Told({ outcome }: { outcome: Outcome }) {
  const t = useText(words);
  const { added, known, missing, ambiguous } = outcome;
  const whole = missing.length + ambiguous.length === 0;
  const counts = [added, known, missing.length, ambiguous.length] as const;
  const [a, k, m, b] = counts.map(formatCount) as [string, string, string, string];
  return (
    <>
      <Alert type={whole ? "success" : "warning"} showIcon message={t.outcome(a, k, m, b)} />
      <Left title={t.missing} lines={missing} />
      <Left title={t.ambiguous} lines={ambiguous} />
    </>
  );
}

/** Takes the first column of a file in; the file itself never leaves the browser. */
function FileChoice({ onColumn, onWrong }: FileChoiceProps) {
  const t = useText(words);
  async function read(file: File) {
    if (file.size > MOST_BYTES) return onWrong(t.fileLarge);
    let column: string;
    try {
      column = firstColumn(decoded(await file.arrayBuffer())).join("\n");
    } catch {
      return onWrong(t.unreadable);
    }
    const count = linesOf(column).length;
    if (count > MOST_LINES) return onWrong(t.fileMany(formatCount(count), formatCount(MOST_LINES)));
    onColumn(column);
  }
  return (
    <Upload
      accept=".txt,.csv"
      showUploadList={false}
      beforeUpload={(file) => {
        void read(file);
        return Upload.LIST_IGNORE;
      }}
    >
      <Button icon={<UploadOutlined />} title={t.fileNote}>
        {t.file}
      </Button>
    </Upload>
  );
}

type FileChoiceProps = { onColumn: (column: string) => void; onWrong: (sentence: string) => void };

/** Puts on a list whom pasted lines name, and says what became of each line. */
export function PastePeople({ id, onClose }: { id: number; onClose: () => void }) {
  const t = useText(words);
  const field = useId();
  const { addNamed } = useAudienceActs();
  const [text, setText] = useState("");
  const [wrongFile, setWrongFile] = useState("");
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const lines = useMemo(() => linesOf(text), [text]);
  const sent = useMemo(() => toSend(lines), [lines]);
  const tooMany = lines.length > MOST_LINES;

  function write(next: SetStateAction<string>) {
    setWrongFile("");
    setText(next);
  }

  function add() {
    addNamed.mutate(
      { id, lines: sent.map((each) => each.text) },
      { onSuccess: (answer) => setOutcome(outcomeOf(lines, answer)) },
    );
  }

  function another() {
    addNamed.reset();
    setText("");
    setOutcome(null);
  }

  if (outcome) {
    return (
      <Modal
        open
        title={t.title}
        okText={t.done}
        cancelText={t.again}
        onOk={onClose}
        cancelButtonProps={{ onClick: another }}
        onCancel={onClose}
      >
        <Told outcome={outcome} />
      </Modal>
    );
  }
  const count = formatCount(lines.length);
  return (
    <Modal
      open
      title={t.title}
      okText={t.add}
      okButtonProps={{ disabled: sent.length === 0 || tooMany, loading: addNamed.isPending }}
      onOk={add}
      maskClosable={text === ""}
      onCancel={onClose}
    >
      <Form layout="vertical">
        <Form.Item label={t.label} htmlFor={field} style={{ marginBottom: 0 }}>
          <Input.TextArea
            id={field}
            ref={focusOnceShown}
            rows={10}
            spellCheck={false}
            placeholder={t.place}
            value={text}
            onChange={(event) => write(event.target.value)}
          />
        </Form.Item>
      </Form>
      <div className={styles.foot}>
        <span role="status" className={`${styles.count} ${tooMany ? styles.tooMany : ""}`}>
          {tooMany ? t.tooMany(count, formatCount(MOST_LINES)) : t.count(count)}
        </span>
        <span className={styles.count}>
          {t.fileNote}{" "}
          <FileChoice
            onColumn={(column) =>
              write((now) => (now.trim() ? `${now.trimEnd()}\n${column}` : column))
            }
            onWrong={setWrongFile}
          />
        </span>
      </div>
      {wrongFile && <Alert type="error" message={wrongFile} style={{ marginTop: 12 }} />}
      {addNamed.error && (
        <Alert type="error" message={sentenceOf(addNamed.error)} style={{ marginTop: 12 }} />
      )}
    </Modal>
  );
}
