import { ArrowLeftOutlined } from "@ant-design/icons";
import type { Customer } from "@kit/api/types.ts";
import { Section } from "@kit/desk/PageHead.tsx";
import { Reading } from "@kit/desk/states.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Tabs } from "antd";
import { useEffect } from "react";
import { Link, useParams } from "react-router";
import { MAY } from "../../../permissions.ts";
import { AudiencesPanel } from "../../audiences/components/AudiencesPanel.tsx";
import { PeoplePanel } from "../../identity/components/PeoplePanel.tsx";
import { OrdersTable } from "../../orders/components/OrdersTable.tsx";
import { ConsentPanel } from "../../privacy/components/ConsentPanel.tsx";
import { CustomerTags } from "../../tags/components/CustomerTags.tsx";
import { useCustomer, useCustomerNews } from "../hooks/useCustomers.ts";
import { customerWords } from "../words.ts";
import { Basics } from "./Basics.tsx";
import { Contacts } from "./Contacts.tsx";
import styles from "./Customer.module.css";
import { CustomerHead } from "./CustomerHead.tsx";
import { Fields } from "./Fields.tsx";
import { Groups } from "./Groups.tsx";
import { Preference } from "./Preference.tsx";
import { StagePanel } from "./StagePanel.tsx";
import { Trail } from "./Trail.tsx";

const words = defineMessages({
  zh: { trail: "轨迹", orders: "订单" },
  en: { trail: "Trail", orders: "Orders" },
});

function Whole({ customer }: { customer: Customer }) {
  const t = useText(words);
  const mayOrders = useMay()(MAY.readOrders);
  useEffect(() => {
    document.title = `${customer.name} · siyu 私域`;
  }, [customer.name]);
  const tabs = [{ key: "trail", label: t.trail, children: <Trail id={customer.id} /> }];
  if (mayOrders) {
    tabs.push({
      key: "orders",
      label: t.orders,
      children: <OrdersTable filters={{ customer: customer.id }} />,
    });
  }
  return (
    <>
      <CustomerHead customer={customer} />
      <div className={styles.columns}>
        <div>
          <StagePanel id={customer.id} />
          <CustomerTags customerId={customer.id} />
          <Fields id={customer.id} />
          <Basics customer={customer} />
          <Preference customer={customer} />
          <Contacts customer={customer} />
          <Groups customer={customer} />
          <AudiencesPanel customerId={customer.id} />
          <PeoplePanel id={customer.id} />
          <ConsentPanel customerId={customer.id} />
        </div>
        <Section>
          <Tabs items={tabs} />
        </Section>
      </div>
    </>
  );
}

/** The customer in full: who, contacts, tags, trail and orders. */
export function CustomerPage() {
  const { id } = useParams();
  const names = useText(customerWords);
  const customer = useCustomer(Number(id));
  useCustomerNews(Number(id));
  return (
    <>
      <Link to="/people/customers" style={{ fontSize: 13, color: "var(--ink-soft)" }}>
        <ArrowLeftOutlined /> {names.customers}
      </Link>
      <div style={{ height: 8 }} />
      <Reading query={customer}>{(found) => <Whole customer={found} />}</Reading>
    </>
  );
}
