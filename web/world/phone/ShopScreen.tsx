import { formatMoney } from "@kit/format/numbers.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { world } from "../api/client.ts";
import { useWorldState } from "../api/hooks.ts";
import { keys } from "../api/keys.ts";
import type { Order, Person, Product } from "../api/types.ts";
import { castWords } from "../cast/words.ts";
import { ownUrl } from "../stage.ts";
import { Button } from "../ui/Button.tsx";
import { clock } from "../ui/clock.ts";
import { Empty, Shown } from "../ui/states.tsx";
import { tell } from "../ui/toast.tsx";
import type { PageOnPhone } from "./Frame.tsx";
import css from "./phone.module.css";
import { phoneWords } from "./words.ts";

function Bought({ person, products }: { person: Person; products: Product[] }) {
  const text = useText(phoneWords);
  const client = useQueryClient();
  const orders = useQuery({
    queryKey: keys.orders(person.id),
    queryFn: () => world.orders(person.id),
  });
  const refund = useMutation({
    mutationFn: (order: Order) => world.refund(person.id, order.external_id),
    onSuccess: () => {
      tell(text.refunded);
      void client.invalidateQueries({ queryKey: keys.orders(person.id) });
    },
  });
  const nameOf = (sku: string) => products.find((one) => one.sku === sku)?.name ?? sku;
  return (
    <Shown query={orders}>
      {(found) =>
        found.length === 0 ? (
          <Empty>{text.noOrders}</Empty>
        ) : (
          <ul>
            {found.map((order) => (
              <li key={order.external_id} className={css.row}>
                <div className={css.grow}>
                  <p className={css.line}>{nameOf(order.sku)}</p>
                  <p className={css.soft}>
                    {formatMoney(order.amount_fen)} · {clock(order.at)} ·{" "}
                    {order.refund_fen > 0
                      ? `${text.refunded} ${formatMoney(order.refund_fen)}`
                      : text.paid}
                  </p>
                </div>
                {order.refund_fen < order.amount_fen && (
                  <Button
                    looks={["small"]}
                    disabled={refund.isPending}
                    onClick={() => refund.mutate(order)}
                  >
                    {text.refund}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )
      }
    </Shown>
  );
}

/** The shop as this person sees it, and what they bought. */
export function ShopScreen({
  person,
  onVisit,
}: {
  person: Person;
  onVisit: (page: PageOnPhone) => void;
}) {
  const text = useText(phoneWords);
  const cast = useText(castWords);
  const client = useQueryClient();
  const state = useWorldState();
  const buy = useMutation({
    mutationFn: (product: Product) => world.buy(person.id, product.sku, 1),
    onSuccess: (order) => {
      tell(order.reported ? text.bought(order.external_id) : text.notReported, !order.reported);
      void client.invalidateQueries({ queryKey: keys.orders(person.id) });
    },
  });
  return (
    <Shown query={state}>
      {({ shop, personal_hosts }) => (
        <>
          {!shop.configured && <p className={css.heading}>{cast.shopOff}</p>}
          <ul>
            {shop.products.map((product) => (
              <li key={product.sku} className={css.row}>
                <div className={css.grow}>
                  <p className={css.line}>{product.name}</p>
                  <p className={css.soft}>{formatMoney(product.price_fen)}</p>
                </div>
                <Button
                  looks={["small", "plain"]}
                  onClick={() =>
                    onVisit({
                      url: ownUrl(product.url, { kind: "p", id: person.id }, personal_hosts),
                      title: product.name,
                    })
                  }
                >
                  {text.visit}
                </Button>
                <Button
                  looks={["small"]}
                  disabled={!shop.configured || buy.isPending}
                  onClick={() => buy.mutate(product)}
                >
                  {text.buy}
                </Button>
              </li>
            ))}
          </ul>
          <h3 className={css.heading}>{text.orders}</h3>
          <Bought person={person} products={shop.products} />
        </>
      )}
    </Shown>
  );
}
