import { useFilters } from "@kit/desk/list/useFilters.ts";
import { PageHead } from "@kit/desk/PageHead.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Tabs } from "antd";
import { MAY } from "../../../permissions.ts";
import { exchangeWords } from "../words.ts";
import { ExportsPanel } from "./ExportsPanel.tsx";
import { ImportsPanel } from "./ImportsPanel.tsx";

const words = defineMessages({
  zh: { imports: "导入", exports: "导出" },
  en: { imports: "Import", exports: "Export" },
});

/** Customers by the file: in, and out. */
export function ExchangePage() {
  const t = useText(words);
  const names = useText(exchangeWords);
  const may = useMay();
  const { values, change } = useFilters(["tab"] as const);
  const tabs = [
    { key: "imports", label: t.imports, needs: MAY.importCustomers, children: <ImportsPanel /> },
    { key: "exports", label: t.exports, needs: MAY.exportCustomers, children: <ExportsPanel /> },
  ].filter((tab) => may(tab.needs));
  return (
    <>
      <PageHead title={names.exchange} />
      <Tabs
        activeKey={values.tab ?? tabs[0]?.key}
        onChange={(tab) => change({ tab })}
        items={tabs.map(({ key, label, children }) => ({ key, label, children }))}
        destroyOnHidden
      />
    </>
  );
}
