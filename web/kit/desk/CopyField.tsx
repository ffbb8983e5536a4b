import { Input, Space } from "antd";
import { CopyButton } from "./CopyButton.tsx";

/** A value to carry elsewhere, with a button that copies it. */
export function CopyField({ value, label }: { value: string; label: string }) {
  return (
    <Space.Compact style={{ width: "100%" }}>
      <Input
        readOnly
        value={value}
        aria-label={label}
        onFocus={(event) => event.target.select()}
        style={{ fontFamily: "ui-monospace, Menlo, Consolas, monospace", fontSize: 13 }}
      />
      <CopyButton value={value} />
    </Space.Compact>
  );
}
