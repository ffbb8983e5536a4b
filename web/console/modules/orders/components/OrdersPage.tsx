import { FilterBar, FilterChip } from "@kit/desk/list/FilterBar.tsx";
import { useFilters } from "@kit/desk/list/useFilters.ts";
import { PageHead } from "@kit/desk/PageHead.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useChannelOptions } from "../../channels/hooks/useChannels.ts";
import { useStaffOptions } from "../../staff/hooks/useStaff.ts";
import { filtersOf, ORDER_FILTERS } from "../api.ts";
import { ORDER_METHODS, ORDER_STATES, orderWords } from "../words.ts";
import { OrdersTable } from "./OrdersTable.tsx";

const words = defineMessages({
  zh: { state: "状态", channel: "渠道", staff: "员工", method: "归因方式" },
  en: { state: "State", channel: "Channel", staff: "Staff", method: "Attribution" },
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
      <FilterBar filtered={filtered} onClear={clear}>
        <FilterChip
          name={t.state}
          value={values.status}
          options={ORDER_STATES.map((value) => ({ value, label: names.states[value] ?? value }))}
          onChange={(status) => change({ status })}
        />
        <FilterChip
          name={t.method}
          value={values.method}
          options={ORDER_METHODS.map((value) => ({ value, label: names.methods[value] ?? value }))}
          onChange={(method) => change({ method })}
        />
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
      </FilterBar>
      <OrdersTable filters={filtersOf(values)} filtered={filtered} onClear={clear} />
    </>
  );
}
