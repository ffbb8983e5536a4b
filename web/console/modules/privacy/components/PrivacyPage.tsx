import { FilterBar, FilterChip } from "@kit/desk/list/FilterBar.tsx";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { useFilters } from "@kit/desk/list/useFilters.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { PageHead } from "@kit/desk/PageHead.tsx";
import { EmptyState } from "@kit/desk/states.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Tabs, Tag } from "antd";
import { Link } from "react-router";
import { CONSENT_STATES, type ConsentRow } from "../api.ts";
import { useConsentList } from "../hooks.ts";
import { CONSENT_COLOURS, privacyWords } from "../words.ts";
import { ErasuresPanel } from "./ErasuresPanel.tsx";
import { PackagesPanel } from "./PackagesPanel.tsx";

const words = defineMessages({
  zh: {
    note: "授权、个人信息副本与删除（《个人信息保护法》）",
    erasures: "删除申请",
    packages: "个人信息副本",
    consents: "营销授权",
    customer: "客户",
    unnamed: "未命名",
    state: "意愿",
    source: "来源",
    by: "记录人",
    at: "时间",
    empty: "还没有客户表示过",
    emptyText: "在客户页的「授权与隐私」里记录，或随导入文件带入；拒绝的客户不会进入营销。",
  },
  en: {
    note: "Consent, copies of personal data, and erasure (PIPL)",
    erasures: "Erasure",
    packages: "Copies of personal data",
    consents: "Marketing consent",
    customer: "Customer",
    unnamed: "Unnamed",
    state: "Said",
    source: "Source",
    by: "By",
    at: "When",
    empty: "Nobody said anything yet",
    emptyText: "Note it on a customer's page, or bring it with an import.",
  },
});

function ConsentsPanel() {
  const t = useText(words);
  const names = useText(privacyWords);
  const filters = useFilters(["state"] as const);
  const state = CONSENT_STATES.find((one) => one === filters.values.state);
  const pages = useConsentList(state);
  return (
    <>
      <FilterBar filtered={filters.filtered} onClear={filters.clear}>
        <FilterChip
          name={t.state}
          value={state}
          options={CONSENT_STATES.map((value) => ({ value, label: names.states[value] }))}
          onChange={(value) => filters.change({ state: value })}
        />
      </FilterBar>
      <ListTable<ConsentRow>
        pages={pages}
        rowKey={(one) => one.consent.id}
        filtered={filters.filtered}
        onClearFilters={filters.clear}
        empty={<EmptyState title={t.empty}>{t.emptyText}</EmptyState>}
        columns={[
          {
            title: t.customer,
            render: (_, one) => (
              <Link to={`/people/customers/${one.customer_id}`}>
                {one.customer_name || t.unnamed}
              </Link>
            ),
          },
          {
            title: t.state,
            render: (_, { consent }) => (
              <Tag color={CONSENT_COLOURS[consent.state]}>{names.states[consent.state]}</Tag>
            ),
          },
          { title: t.source, render: (_, { consent }) => names.sources[consent.source] },
          { title: t.by, render: (_, { consent }) => consent.by ?? "—" },
          { title: t.at, render: (_, { consent }) => <Moment at={consent.at} /> },
        ]}
      />
    </>
  );
}

/** What customers agreed to, and their wishes to see or to lose what is known of them. */
export function PrivacyPage() {
  const t = useText(words);
  const names = useText(privacyWords);
  const { values, change } = useFilters(["tab"] as const);
  return (
    <>
      <PageHead title={names.privacy} note={t.note} />
      <Tabs
        activeKey={values.tab ?? "erasures"}
        onChange={(tab) => change({ tab })}
        destroyOnHidden
        items={[
          { key: "erasures", label: t.erasures, children: <ErasuresPanel /> },
          { key: "packages", label: t.packages, children: <PackagesPanel /> },
          { key: "consents", label: t.consents, children: <ConsentsPanel /> },
        ]}
      />
    </>
  );
}
