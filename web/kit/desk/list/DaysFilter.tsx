import { DatePicker } from "antd";
import dayjs from "dayjs";

const DAY = "YYYY-MM-DD";

function dayOf(text: string | undefined) {
  const day = dayjs(text ?? "", DAY, true);
  return day.isValid() ? day : null;
}

type DaysFilterProps = {
  from: string | undefined;
  to: string | undefined;
  onChange: (from: string, to: string) => void;
};

/** From which day to which, both included; either end may stay open. */
export function DaysFilter({ from, to, onChange }: DaysFilterProps) {
  return (
    <DatePicker.RangePicker
      allowEmpty
      value={[dayOf(from), dayOf(to)]}
      onChange={(days) => onChange(days?.[0]?.format(DAY) ?? "", days?.[1]?.format(DAY) ?? "")}
    />
  );
}
