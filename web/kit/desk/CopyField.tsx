import { CheckOutlined, CopyOutlined } from "@ant-design/icons";
import { App, Button, Input, Space } from "antd";
import { useState } from "react";
import { defineMessages, useText } from "../i18n/messages.ts";

const words = defineMessages({
  zh: { copy: "复制", copied: "已复制", failed: "浏览器不允许复制，请手动选中复制。" },
  en: { copy: "Copy", copied: "Copied", failed: "The browser forbids copying; select it by hand." },
});

/** A value to carry elsewhere, with a button that copies it. */
export function CopyField({ value, label }: { value: string; label: string }) {
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
    <Space.Compact style={{ width: "100%" }}>
      <Input
        readOnly
        value={value}
        aria-label={label}
        onFocus={(event) => event.target.select()}
        style={{ fontFamily: "ui-monospace, Menlo, Consolas, monospace", fontSize: 13 }}
      />
      <Button
        icon={copied ? <CheckOutlined /> : <CopyOutlined />}
        onClick={copy}
        onBlur={() => setCopied(false)}
      >
        {copied ? t.copied : t.copy}
      </Button>
    </Space.Compact>
  );
}
