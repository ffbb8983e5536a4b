import { CheckOutlined, CopyOutlined } from "@ant-design/icons";
import { App, Button, type ButtonProps } from "antd";
import { useState } from "react";
import { defineMessages, useText } from "../i18n/messages.ts";

const words = defineMessages({
  zh: { copy: "复制", copied: "已复制", failed: "浏览器不允许复制，请手动选中复制。" },
  en: { copy: "Copy", copied: "Copied", failed: "The browser forbids copying; select it by hand." },
});

/** Copies a value, and says so until the reader goes elsewhere. */
export function CopyButton({ value, ...button }: { value: string } & Pick<ButtonProps, "size">) {
  const t = useText(words);
  const { message } = App.useApp();
  const [copied, setCopied] = useState(false);
  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      message.warning(t.failed);
    }
  }
  return (
    <Button
      {...button}
      icon={copied ? <CheckOutlined /> : <CopyOutlined />}
      onClick={copy}
      onBlur={() => setCopied(false)}
    >
      {copied ? t.copied : t.copy}
    </Button>
  );
}
