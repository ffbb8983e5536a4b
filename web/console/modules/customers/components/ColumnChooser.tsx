import { useText } from "@kit/i18n/messages.ts";
import { Button, Checkbox, Popover } from "antd";
import { COLUMNS, type Column, useColumnNames } from "./columns.tsx";
import { listWords } from "./listWords.ts";

type Props = { shown: readonly Column[]; onChange: (columns: Column[]) => void };

/** Which columns the list has. */
export function ColumnChooser({ shown, onChange }: Props) {
  const t = useText(listWords);
  const names = useColumnNames();
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <Checkbox.Group
          style={{ display: "grid", gap: 6 }}
          value={[...shown]}
          options={COLUMNS.map((value) => ({ value, label: names[value] }))}
          onChange={(columns) => onChange(COLUMNS.filter((one) => columns.includes(one)))}
        />
      }
    >
      <Button>{t.columns}</Button>
    </Popover>
  );
}
