import { FilterOutlined } from "@ant-design/icons";
import type { CustomerRow } from "@kit/api/types.ts";
import { FilterBar, FilterChip } from "@kit/desk/list/FilterBar.tsx";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { useFilters } from "@kit/desk/list/useFilters.ts";
import { PageHead } from "@kit/desk/PageHead.tsx";
import { EmptyState } from "@kit/desk/states.tsx";
import { formatCount } from "@kit/format/numbers.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { App, Button, Tag } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { MAY } from "../../../permissions.ts";
import { useChannelOptions } from "../../channels/hooks/useChannels.ts";
import { useImportName } from "../../exchange/hooks.ts";
import { useStaffOptions } from "../../staff/hooks/useStaff.ts";
import { useTagOptions } from "../../tags/hooks/useTags.ts";
import {
  beyondAudiences,
  CUSTOMER_FILTERS,
  CUSTOMER_STATES,
  filtersOf,
  type KeptView,
  LIST_ADDRESS,
  ORDERS,
  orderOf,
  ruleIn,
  ruleOf,
} from "../api.ts";
import {
  useAfterJobs,
  useCustomerCount,
  useCustomerNews,
  useCustomers,
  useKeptViews,
  useLeftOut,
  useSaveAudience,
} from "../hooks/useCustomers.ts";
import { useSearch } from "../hooks/useSearch.ts";
import { customerWords } from "../words.ts";
import { BulkBar } from "./BulkBar.tsx";
import { ColumnChooser } from "./ColumnChooser.tsx";
import styles from "./Customer.module.css";
import { CustomerDrawer } from "./CustomerDrawer.tsx";
import { type Column, columnsOf, useColumns } from "./columns.tsx";
import { KeptViews } from "./KeptViews.tsx";
import { listWords } from "./listWords.ts";
import { NameModal } from "./NameModal.tsx";
import { RuleChips } from "./RuleChips.tsx";
import { RuleDrawer } from "./RuleDrawer.tsx";

function nothingOf(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, ""]));
}

/** The list, and the kept view that it came from. */
const IN_ADDRESS = [...LIST_ADDRESS, "view"] as const;

/** Seconds by which the number may be old without a word. */
const FRESH = 2;

export function CustomersPage() {
  const t = useText(listWords);
  const names = useText(customerWords);
  const may = useMay();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const { values, change } = useFilters(IN_ADDRESS);
  const { view: _, ...listed } = values;
  const filtered = CUSTOMER_FILTERS.some((name) => values[name]);
  const order = orderOf(values);
  const [open, setOpen] = useState<number | null>(null);
  const view = useKeptViews().data?.find(({ id }) => String(id) === values.view);
  const [ownColumns, setOwnColumns] = useState<readonly Column[] | null>(null);
  const columns = ownColumns ?? columnsOf(view?.columns ?? []);
  const [chosen, setChosen] = useState<number[]>([]);
  const [wholeOf, setWholeOf] = useState<string | null>(null);
  const [naming, setNaming] = useState(false);
  const [building, setBuilding] = useState(false);
  const tags = useTagOptions();
  const staff = useStaffOptions();
  const channels = useChannelOptions();
  const { text, search, waits } = useSearch(values, change);
  const wanted = filtersOf(waits ? { ...values, q: undefined } : values);
  const pages = useCustomers(wanted, order);
  const first = pages.data?.pages[0];
  const count = useCustomerCount(wanted, first !== undefined && first.total == null);
  const total = first?.total ?? count.data;
  const leftOut = useLeftOut(wanted);
  const file = useImportName(wanted.imported);
  const audience = useSaveAudience();
  useCustomerNews();
  useAfterJobs(may(MAY.writeCustomers));

  const items = pages.items ?? [];
  const asked = JSON.stringify(wanted);
  /** Everybody the list shows is chosen, for as long as its filters stay. */
  const whole = wholeOf === asked;
  const ticked = whole ? items.map(({ id }) => id) : chosen;
  const mayChooseAll =
    !whole && pages.hasNextPage && items.length > 0 && items.every(({ id }) => chosen.includes(id));
  const rule = ruleIn(wanted.rule);

  function choose(ids: number[]): void {
    setWholeOf(null);
    setChosen(ids);
  }

  function clear(): void {
    change(nothingOf(CUSTOMER_FILTERS));
  }

  function openView({ id, filters, rule: kept }: KeptView): void {
    change({
      ...nothingOf(LIST_ADDRESS),
      ...filters,
      rule: kept ? JSON.stringify(kept) : "",
      view: String(id),
    });
    setOwnColumns(null);
    choose([]);
  }

  return (
    <>
      <PageHead
        title={names.customers}
        mark={total !== undefined && <Tag>{t.total(formatCount(total))}</Tag>}
        note={
          first?.lag_seconds != null && first.lag_seconds >= FRESH
            ? t.behind(formatCount(Math.round(first.lag_seconds)))
            : undefined
        }
        actions={
          <>
            <KeptViews values={listed} columns={columns} opened={view} onOpen={openView} />
            <ColumnChooser shown={columns} onChange={setOwnColumns} />
            {filtered && may(MAY.writeAudiences) && (
              <Button
                disabled={beyondAudiences(wanted)}
                title={beyondAudiences(wanted) ? t.noAudience : undefined}
                onClick={() => setNaming(true)}
              >
                {t.toAudience}
              </Button>
            )}
          </>
        }
      />
      <FilterBar
        search={{ value: text, placeholder: t.find, onChange: search }}
        filtered={filtered}
        onClear={clear}
      >
        {values.customer && (
          <FilterChip
            name={t.phone}
            value={values.customer}
            options={[
              {
                value: values.customer,
                label: wanted.customer === 0 ? t.phoneNobody : (items[0]?.name ?? t.phoneSomebody),
              },
            ]}
            onChange={() => search("")}
          />
        )}
        <FilterChip
          name={t.tag}
          value={values.tag}
          options={tags}
          onChange={(tag) => change({ tag })}
        />
        <FilterChip
          name={t.staff}
          value={values.staff}
          options={staff}
          onChange={(one) => change({ staff: one })}
        />
        {channels && (
          <FilterChip
            name={t.channel}
            value={values.channel}
            options={channels}
            onChange={(channel) => change({ channel })}
          />
        )}
        <FilterChip
          name={t.state}
          value={values.state}
          options={CUSTOMER_STATES.map((value) => ({ value, label: names.states[value] }))}
          onChange={(state) => change({ state })}
        />
        {values.imported && (
          <FilterChip
            name={t.imported}
            value={values.imported}
            options={[{ value: values.imported, label: file ?? values.imported }]}
            onChange={(imported) => change({ imported })}
          />
        )}
        {rule && (
          <RuleChips
            rule={rule}
            onEdit={may(MAY.readAudiences) ? () => setBuilding(true) : undefined}
            onChange={(next) => change({ rule: next })}
          />
        )}
        {may(MAY.readOrders) && (
          <FilterChip
            name={t.order}
            value={order}
            options={ORDERS.map((value) => ({ value, label: t.orders[value] }))}
            onChange={(one) => change({ order: one })}
          />
        )}
        {may(MAY.readAudiences) && (
          <Button icon={<FilterOutlined />} onClick={() => setBuilding(true)}>
            {t.more}
          </Button>
        )}
      </FilterBar>
      {ticked.length > 0 && (
        <BulkBar
          wanted={whole ? wanted : { customer_ids: ticked }}
          people={whole ? total : ticked.length}
          whole={whole}
          total={total}
          onWhole={mayChooseAll ? () => setWholeOf(asked) : undefined}
          onDone={() => choose([])}
        />
      )}
      {leftOut > 0 && (
        <p className={styles.leftOut} title={t.leftOutText}>
          {t.leftOut(formatCount(leftOut))}
          <Button type="link" size="small" onClick={() => change({ state: "none" })}>
            {t.showLeftOut}
          </Button>
        </p>
      )}
      {wanted.state === "none" && <p className={styles.leftOut}>{t.strangers}</p>}
      <ListTable<CustomerRow>
        pages={pages}
        rowKey={(customer) => customer.id}
        filtered={filtered}
        onClearFilters={clear}
        onSort={(one) => change({ order: one })}
        onOpen={(customer) => setOpen(customer.id)}
        chosen={ticked}
        onChoose={may(MAY.writeCustomers) ? (keys) => choose(keys.map(Number)) : undefined}
        empty={<EmptyState title={t.empty}>{t.emptyText}</EmptyState>}
        columns={useColumns(columns, order)}
      />
      {open !== null && <CustomerDrawer id={open} onClose={() => setOpen(null)} />}
      {building && (
        <RuleDrawer
          rule={rule}
          onApply={(next) => change({ rule: next })}
          onClose={() => setBuilding(false)}
        />
      )}
      {naming && (
        <NameModal
          title={t.toAudience}
          label={t.audienceName}
          note={t.audienceText}
          most={60}
          failure={audience.error}
          saving={audience.isPending}
          onSave={(name) =>
            audience.mutate(
              { name, rule: ruleOf(wanted) },
              {
                onSuccess: ({ id }) => {
                  message.success(t.saved);
                  navigate(`/people/audiences/${id}`);
                },
              },
            )
          }
          onClose={() => setNaming(false)}
        />
      )}
    </>
  );
}
