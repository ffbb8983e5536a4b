import { useText } from "@kit/i18n/messages.ts";
import { InfiniteScroll, Popup, SearchBar } from "antd-mobile";
import { useDeferredValue, useState } from "react";
import { CustomerLine, useCustomers } from "../customers/CustomersPage.tsx";
import { Empty, Shown } from "../ui/states.tsx";
import ui from "../ui/ui.module.css";
import css from "./materials.module.css";
import type { Recipient } from "./useRecipient.ts";
import { materialWords } from "./words.ts";

function Picking({ onPick }: { onPick: (customer: Recipient) => void }) {
  const text = useText(materialWords);
  const [typed, setTyped] = useState("");
  const customers = useCustomers(useDeferredValue(typed.trim()), "active");
  return (
    <div className={css.picker}>
      <div>
        <SearchBar placeholder={text.search} value={typed} onChange={setTyped} />
      </div>
      <div className={css.picked}>
        <Shown query={customers}>
          {(data) => {
            const found = data.pages.flatMap((page) => page.items);
            if (found.length === 0) return <Empty>{text.noCustomer}</Empty>;
            return (
              <>
                <ul>
                  {found.map((customer) => (
                    <li key={customer.id}>
                      <button
                        type="button"
                        className={ui.row}
                        onClick={() => onPick({ id: customer.id, name: customer.name })}
                      >
                        <CustomerLine customer={customer} />
                      </button>
                    </li>
                  ))}
                </ul>
                <InfiniteScroll
                  hasMore={customers.hasNextPage}
                  loadMore={async () => {
                    await customers.fetchNextPage();
                  }}
                />
              </>
            );
          }}
        </Shown>
      </div>
    </div>
  );
}

/** Picks one of my customers. */
export function CustomerPicker({
  visible,
  onPick,
  onClose,
}: {
  visible: boolean;
  onPick: (customer: Recipient) => void;
  onClose: () => void;
}) {
  return (
    <Popup
      visible={visible}
      onMaskClick={onClose}
      destroyOnClose
      bodyStyle={{ borderRadius: "16px 16px 0 0" }}
    >
      <Picking onPick={onPick} />
    </Popup>
  );
}
