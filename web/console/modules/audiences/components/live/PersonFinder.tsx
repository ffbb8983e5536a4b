import { sought } from "@kit/api/sought.ts";
import { useText } from "@kit/i18n/messages.ts";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { listCustomers } from "../../../customers/api.ts";
import { useSettled } from "../../hooks/useSettled.ts";
import { liveWords } from "./words.ts";

const PAUSE_MS = 250;
const SHOWN = 10;

export type Someone = { id: number; name: string };

/** Finds a person to explain. */
export function PersonFinder({ onChoose }: { onChoose: (person: Someone) => void }) {
  const t = useText(liveWords);
  const [typed, setTyped] = useState("");
  const q = useSettled(typed.trim(), PAUSE_MS);
  const found = useQuery({
    queryKey: ["audiences", "finder", q],
    queryFn: async () => listCustomers({ ...(await sought(q)), limit: SHOWN }),
    enabled: q.length > 0,
    placeholderData: keepPreviousData,
  });
  return (
    <Select<number>
      showSearch
      filterOption={false}
      aria-label={t.findLabel}
      style={{ width: "100%" }}
      placeholder={t.find}
      value={null}
      searchValue={typed}
      onSearch={setTyped}
      loading={found.isFetching}
      suffixIcon={null}
      notFoundContent={q ? undefined : null}
      options={(q ? found.data?.items : [])?.map((one) => ({
        value: one.id,
        label: [one.name, one.remark].filter(Boolean).join(" · "),
        name: one.name,
      }))}
      onSelect={(id, option) => {
        setTyped("");
        onChoose({ id, name: String((option as { name?: string }).name ?? "") });
      }}
    />
  );
}
