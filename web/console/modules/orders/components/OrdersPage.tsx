import { FilterBar, FilterChip } from "@kit/desk/list/FilterBar.tsx";
import { useFilters } from "@kit/desk/list/useFilters.ts";
import { PageHead } from "@kit/desk/PageHead.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useChannelOptions } from "../../channels/hooks/useChannels.ts";
import { useStaffOptions } from "../../staff/hooks/useStaff.ts";
import { ORDER_FILTERS } from "../api.ts";
import { orderWords } from "../words.ts";
import { OrdersTable } from "./OrdersTable.tsx";

const words = defineMessages({
  zh: { find: "订单号", channel: "渠道", staff: "员工", method: "归因方式" },
  en: { find: "Order number", channel: "Channel", staff: "Staff", method: "Attribution" },
});

export function OrdersPage() {
  const t = useText(words);
  const names = useText(orderWords);
  const { values, change, clear, filtered } = useFilters(ORDER_FILTERS);
  const channels = useChannelOptions();
  const staff = useStaffOptions();
  return (
    <>
      <PageHead title={names.orders} />
      <FilterBar
        search={{ value: values.q, placeholder: t.find, onChange: (q) => change({ q }) }}
        filtered={filtered}
        onClear={clear}
      >
        <FilterChip
          name={t.channel}
          value={values.channel}
          options={channels}
          onChange={(channel) => change({ channel })}
        />
        <FilterChip
          name={t.staff}
          value={values.staff}
          options={staff}
          onChange={(one) => change({ staff: one })}
        />
        <FilterChip
          name={t.method}
          value={values.method}
          options={Object.entries(names.methods).map(([value, label]) => ({ value, label }))}
          onChange={(method) => change({ method })}
        />
      </FilterBar>
      <OrdersTable filters={values} filtered={filtered} onClear={clear} />
    </>
  );
}
