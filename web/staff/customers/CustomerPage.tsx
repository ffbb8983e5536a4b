import type { Customer } from "@kit/api/types.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { useQuery } from "@tanstack/react-query";
import { Button, NavBar, Segmented } from "antd-mobile";
import { useLocation, useNavigate, useParams, useSearchParams } from "react-router";
import { readCustomer } from "../api/client.ts";
import { keys } from "../api/keys.ts";
import { Face } from "../ui/Face.tsx";
import { Shown } from "../ui/states.tsx";
import ui from "../ui/ui.module.css";
import { Basics, Orders, READ_ORDERS } from "./Basics.tsx";
import css from "./customers.module.css";
import { Noted } from "./Noted.tsx";
import { Tags } from "./Tags.tsx";
import { Trail } from "./Trail.tsx";
import { customerWords } from "./words.ts";

const PARTS = ["trail", "basics", "orders"] as const;
type Part = (typeof PARTS)[number];

function Head({ customer }: { customer: Customer }) {
  const text = useText(customerWords);
  const about = [
    text.kinds[customer.kind],
    customer.gender && text.genders[customer.gender],
    customer.contacts[0]?.remark,
  ];
  return (
    <header className={css.top}>
      <div className={css.who}>
        <Face name={customer.name} url={customer.avatar_url} size={56} />
        <div className={ui.grow}>
          <h1 className={ui.line}>{customer.name}</h1>
          <p className={ui.soft}>{about.filter(Boolean).join(" · ")}</p>
        </div>
        {customer.state && (
          <span className={ui.tag} data-tone={customer.state === "active" ? "good" : "quiet"}>
            {text.states[customer.state]}
          </span>
        )}
      </div>
    </header>
  );
}

/** One customer: who they are, what happened, what they bought, and what to send next. */
export function CustomerPage() {
  const text = useText(customerWords);
  const navigate = useNavigate();
  const id = Number(useParams().id);
  const beside = (useLocation().state as { beside?: boolean } | null)?.beside === true;
  const [query, setQuery] = useSearchParams();
  const mayReadOrders = useMay()(READ_ORDERS);
  const parts = PARTS.filter((one) => one !== "orders" || mayReadOrders);
  const part: Part = parts.find((one) => one === query.get("part")) ?? "trail";
  const customer = useQuery({ queryKey: keys.customer(id), queryFn: () => readCustomer(id) });
  return (
    <div className={css.page}>
      <div className={css.bar}>
        {/* Beside a chat there is nothing before this page but WeCom's sign-in. */}
        <NavBar backIcon={!beside} onBack={() => void navigate(-1)}>
          {text.title}
        </NavBar>
      </div>
      <Shown query={customer}>
        {(data) => (
          <>
            <Head customer={data} />
            <div className={css.body}>
              <Segmented
                block
                value={part}
                options={parts.map((value) => ({ value, label: text[value] }))}
                onChange={(value) =>
                  setQuery({ part: String(value) }, { replace: true, state: { beside } })
                }
                style={{ marginBottom: 12 }}
              />
              {part === "trail" && <Trail id={id} />}
              {part === "basics" && (
                <>
                  <Noted id={id} />
                  <Tags id={id} />
                  <Basics customer={data} />
                </>
              )}
              {part === "orders" && <Orders customer={data} />}
            </div>
            <div className={css.foot}>
              <Button
                block
                color="primary"
                size="large"
                onClick={() => void navigate(`/materials?to=${id}`)}
              >
                {text.send}
              </Button>
            </div>
          </>
        )}
      </Shown>
    </div>
  );
}
