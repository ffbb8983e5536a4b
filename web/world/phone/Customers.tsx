import { useText } from "@kit/i18n/messages.ts";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { world } from "../api/client.ts";
import type { Relation } from "../api/types.ts";
import { Button } from "../ui/Button.tsx";
import { Sheet } from "../ui/Sheet.tsx";
import { Empty, Portrait } from "../ui/states.tsx";
import { DeleteSheet } from "./DeleteSheet.tsx";
import { EditSheet } from "./EditSheet.tsx";
import css from "./phone.module.css";
import { phoneWords } from "./words.ts";

/** The customers of a staff account. */
export function Customers({
  relations,
  onChat,
  onMenu,
}: {
  relations: Relation[];
  onChat: (relation: Relation) => void;
  onMenu: (relation: Relation) => void;
}) {
  const text = useText(phoneWords);
  if (relations.length === 0) return <Empty>{text.noCustomers}</Empty>;
  return (
    <ul>
      {relations.map((relation) => (
        <li key={relation.person} className={css.row}>
          <Portrait src={`/avatar/p-${relation.person}.svg`} size={40} />
          <div className={css.grow}>
            <p className={css.line}>{relation.remark || relation.person_name}</p>
            <p className={`${css.line} ${css.soft}`}>
              {[relation.customer_has ? "" : text.lost, ...relation.tags]
                .filter(Boolean)
                .join(" · ")}
            </p>
          </div>
          <Button looks={["small"]} onClick={() => onChat(relation)}>
            {text.chats}
          </Button>
          <Button looks={["small", "plain"]} onClick={() => onMenu(relation)} aria-label="⋯">
            ⋯
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** What a staff member can do with one customer. */
export function CustomerMenu({
  relation,
  onClose,
  onDesk,
}: {
  relation: Relation;
  onClose: () => void;
  onDesk: () => void;
}) {
  const text = useText(phoneWords);
  const [act, setAct] = useState<"menu" | "edit" | "delete">("menu");
  const confirm = useMutation({
    mutationFn: () => world.confirm(relation.userid, relation.person),
    onSuccess: onClose,
  });
  if (act === "edit") return <EditSheet relation={relation} onClose={onClose} />;
  if (act === "delete") {
    return (
      <DeleteSheet
        title={text.deleteCustomer}
        name={relation.person_name}
        act={() => world.deleteCustomer(relation.userid, relation.person)}
        onClose={onClose}
      />
    );
  }
  return (
    <Sheet title={relation.remark || relation.person_name} onClose={onClose}>
      <div className={css.menu}>
        <Button looks={["strong"]} onClick={onDesk}>
          {text.openSidebar}
        </Button>
        {(relation.pending || relation.half) && (
          <Button disabled={confirm.isPending} onClick={() => confirm.mutate()}>
            {text.accept}
          </Button>
        )}
        <Button onClick={() => setAct("edit")}>{text.edit}</Button>
        <Button looks={["danger"]} onClick={() => setAct("delete")}>
          {text.deleteCustomer}
        </Button>
      </div>
    </Sheet>
  );
}
