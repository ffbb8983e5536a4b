import {
  BoldOutlined,
  ItalicOutlined,
  LinkOutlined,
  OrderedListOutlined,
  PictureOutlined,
  RedoOutlined,
  UndoOutlined,
  UnorderedListOutlined,
} from "@ant-design/icons";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import Image from "@tiptap/extension-image";
import { Placeholder } from "@tiptap/extensions";
import { EditorContent, type Editor as TipTap, useEditor, useEditorState } from "@tiptap/react";
import StarterKit from "@tiptap/starter-kit";
import { Button, Input, Popover, Tooltip, Upload } from "antd";
import { type ReactNode, useState } from "react";
import { useUpload } from "../../files/useUpload.ts";
import styles from "./Editor.module.css";

const words = defineMessages({
  zh: {
    text: "正文",
    placeholder: "从这里开始写…",
    heading: "大标题",
    subheading: "小标题",
    bold: "加粗",
    italic: "斜体",
    list: "列表",
    numbered: "编号列表",
    quote: "引用",
    link: "链接",
    address: "网址，回车确认；留空则移除",
    picture: "插入图片",
    undo: "撤销",
    redo: "重做",
  },
  en: {
    text: "Text",
    placeholder: "Start writing…",
    heading: "Heading",
    subheading: "Subheading",
    bold: "Bold",
    italic: "Italic",
    list: "List",
    numbered: "Numbered list",
    quote: "Quote",
    link: "Link",
    address: "Address, then Enter; empty removes it",
    picture: "Insert a picture",
    undo: "Undo",
    redo: "Redo",
  },
});

type ToolProps = {
  name: string;
  pressed?: boolean;
  disabled?: boolean;
  onClick?: () => void;
  children: ReactNode;
};

function Tool({ name, pressed, disabled, onClick, children }: ToolProps) {
  return (
    <Tooltip title={name} mouseEnterDelay={0.4}>
      <Button
        type="text"
        size="small"
        className={styles.tool}
        aria-label={name}
        aria-pressed={pressed}
        disabled={disabled}
        // The text must keep its selection while a tool is pressed.
        onMouseDown={(event) => event.preventDefault()}
        onClick={onClick}
      >
        {children}
      </Button>
    </Tooltip>
  );
}

function LinkTool({ editor, pressed }: { editor: TipTap; pressed: boolean }) {
  const t = useText(words);
  const [open, setOpen] = useState(false);
  function apply(href: string) {
    const chain = editor.chain().focus().extendMarkRange("link");
    if (href) chain.setLink({ href }).run();
    else chain.unsetLink().run();
    setOpen(false);
  }
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      destroyOnHidden
      content={
        <Input
          autoFocus
          style={{ width: 280 }}
          placeholder={t.address}
          defaultValue={editor.getAttributes("link").href ?? ""}
          onPressEnter={(event) => apply(event.currentTarget.value.trim())}
        />
      }
    >
      <span>
        <Tool name={t.link} pressed={pressed}>
          <LinkOutlined />
        </Tool>
      </span>
    </Popover>
  );
}

function Tools({ editor }: { editor: TipTap }) {
  const t = useText(words);
  const { upload, uploading } = useUpload();
  const on = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      h2: now.isActive("heading", { level: 2 }),
      h3: now.isActive("heading", { level: 3 }),
      bold: now.isActive("bold"),
      italic: now.isActive("italic"),
      list: now.isActive("bulletList"),
      numbered: now.isActive("orderedList"),
      quote: now.isActive("blockquote"),
      link: now.isActive("link"),
      undo: now.can().undo(),
      redo: now.can().redo(),
    }),
  });
  const act = () => editor.chain().focus();
  return (
    <div className={styles.tools} role="toolbar" aria-label={t.text}>
      <Tool
        name={t.heading}
        pressed={on.h2}
        onClick={() => act().toggleHeading({ level: 2 }).run()}
      >
        <b>H1</b>
      </Tool>
      <Tool
        name={t.subheading}
        pressed={on.h3}
        onClick={() => act().toggleHeading({ level: 3 }).run()}
      >
        <b>H2</b>
      </Tool>
      <Tool name={t.bold} pressed={on.bold} onClick={() => act().toggleBold().run()}>
        <BoldOutlined />
      </Tool>
      <Tool name={t.italic} pressed={on.italic} onClick={() => act().toggleItalic().run()}>
        <ItalicOutlined />
      </Tool>
      <span className={styles.divider} />
      <Tool name={t.list} pressed={on.list} onClick={() => act().toggleBulletList().run()}>
        <UnorderedListOutlined />
      </Tool>
      <Tool name={t.numbered} pressed={on.numbered} onClick={() => act().toggleOrderedList().run()}>
        <OrderedListOutlined />
      </Tool>
      <Tool name={t.quote} pressed={on.quote} onClick={() => act().toggleBlockquote().run()}>
        <b>”</b>
      </Tool>
      <span className={styles.divider} />
      <LinkTool editor={editor} pressed={on.link} />
      <Upload
        accept="image/jpeg,image/png,image/webp,image/gif"
        showUploadList={false}
        beforeUpload={(picture) => {
          upload(picture, ({ url }) => act().setImage({ src: url }).run());
          return false;
        }}
      >
        <Tool name={t.picture} disabled={uploading}>
          <PictureOutlined />
        </Tool>
      </Upload>
      <span className={styles.divider} />
      <Tool name={t.undo} disabled={!on.undo} onClick={() => act().undo().run()}>
        <UndoOutlined />
      </Tool>
      <Tool name={t.redo} disabled={!on.redo} onClick={() => act().redo().run()}>
        <RedoOutlined />
      </Tool>
    </div>
  );
}

type EditorProps = { initial: string; onChange: (html: string) => void };

/** Writes the text of an article as simple HTML; the server cleans it again. */
export function Editor({ initial, onChange }: EditorProps) {
  const t = useText(words);
  const editor = useEditor({
    extensions: [
      StarterKit.configure({
        heading: { levels: [2, 3] },
        link: { openOnClick: false, defaultProtocol: "https" },
      }),
      Image,
      Placeholder.configure({ placeholder: t.placeholder }),
    ],
    content: initial,
    editorProps: {
      attributes: { "aria-label": t.text, role: "textbox", "aria-multiline": "true" },
    },
    onUpdate: ({ editor: now }) => onChange(now.isEmpty ? "" : now.getHTML()),
  });
  return (
    <div className={styles.editor}>
      <Tools editor={editor} />
      <EditorContent editor={editor} className={styles.text} />
    </div>
  );
}
