import { Reading } from "@kit/desk/states.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Drawer } from "antd";
import { Link } from "react-router";
import { useCustomer } from "../hooks/useCustomers.ts";
import { Contacts } from "./Contacts.tsx";
import { CustomerHead } from "./CustomerHead.tsx";
import { Groups } from "./Groups.tsx";
import { Trail } from "./Trail.tsx";

const words = defineMessages({
  zh: { title: "客户", full: "打开完整页面" },
  en: { title: "Customer", full: "Open the full page" },
});

/** A quick look beside the list. */
export function CustomerDrawer({ id, onClose }: { id: number; onClose: () => void }) {
  const t = useText(words);
  const customer = useCustomer(id);
  return (
    <Drawer
      open
      width={560}
      onClose={onClose}
      title={t.title}
      extra={<Link to={`/people/customers/${id}`}>{t.full}</Link>}
      styles={{ body: { background: "var(--paper)", padding: 16 } }}
    >
      <Reading query={customer}>
        {(found) => (
          <>
            <CustomerHead customer={found} />
            <Contacts customer={found} />
            <Groups customer={found} />
            <Trail id={id} />
          </>
        )}
      </Reading>
    </Drawer>
  );
}
