import { ArrowDownOutlined, ArrowUpOutlined } from "@ant-design/icons";
import { useText } from "@kit/i18n/messages.ts";
import { Button } from "antd";
import { fieldWords } from "../words.ts";

/** Moves one of a row of ids by one place; works by keyboard and on phones alike. */
export function OrderButtons({
  id,
  ids,
  onOrder,
  busy,
}: {
  id: number;
  ids: number[];
  onOrder: (ids: number[]) => void;
  busy: boolean;
}) {
  const t = useText(fieldWords);
  const place = ids.indexOf(id);
  const swap = (by: 1 | -1) => {
    const moved = ids.filter((one) => one !== id);
    moved.splice(place + by, 0, id);
    onOrder(moved);
  };
  return (
    <>
      <Button
        type="text"
        size="small"
        icon={<ArrowUpOutlined />}
        aria-label={t.up}
        disabled={busy || place <= 0}
        onClick={() => swap(-1)}
      />
      <Button
        type="text"
        size="small"
        icon={<ArrowDownOutlined />}
        aria-label={t.down}
        disabled={busy || place < 0 || place === ids.length - 1}
        onClick={() => swap(1)}
      />
    </>
  );
}
