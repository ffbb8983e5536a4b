import { mayBePhone } from "@kit/api/sought.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMay, useSession } from "@kit/session/session.ts";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { listAudiences } from "../modules/audiences/api.ts";
import { findCustomers } from "../modules/customers/api.ts";
import { listLiveCodes } from "../modules/live-codes/api.ts";
import { listMaterials } from "../modules/materials/api.ts";
import { MAY } from "../permissions.ts";
import { navigationFor, navigationWords } from "./navigation.tsx";

const words = defineMessages({
  zh: { pages: "页面", customers: "客户", audiences: "人群", codes: "员工活码", materials: "内容" },
  en: {
    pages: "Pages",
    customers: "Customers",
    audiences: "Audiences",
    codes: "Live codes",
    materials: "Content",
  },
});

export type Found = { group: string; label: string; note?: string; to: string };

const EACH = 5;

/** What the palette offers for some words: pages at once, the rest from the server. */
export function useFindings(query: string): Found[] {
  const t = useText(words);
  const navigation = useText(navigationWords);
  const session = useSession();
  const may = useMay();
  const q = useDeferredValue(query.trim());
  const wanted = q.toLowerCase();

  const pages = navigationFor(session.permissions)
    .flatMap((group) => group.pages)
    .filter(
      (page) =>
        !wanted || `${navigation.pages[page.key]} ${page.also}`.toLowerCase().includes(wanted),
    )
    .map((page) => ({ group: t.pages, label: navigation.pages[page.key], to: page.to }));

  const remote = useQuery({
    queryKey: ["palette", q],
    enabled: q.length > 0,
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const asked = { q, limit: EACH };
      // A phone number is no name of anything else, and must not get into an address.
      const named = !mayBePhone(q);
      const [customers, audiences, codes, materials] = await Promise.all([
        may(MAY.readCustomers) ? findCustomers(q, EACH) : null,
        named && may(MAY.readAudiences) ? listAudiences(asked) : null,
        named && may(MAY.readLiveCodes) ? listLiveCodes(asked) : null,
        may(MAY.readMaterials) ? listMaterials({ limit: 200 }) : null,
      ]);
      return {
        customers,
        audiences: audiences?.items,
        codes: codes?.items,
        materials: materials?.items.filter((one) => one.title.includes(q)),
      };
    },
  });
  if (!q) return pages;
  const { customers, audiences = [], codes = [], materials = [] } = remote.data ?? {};
  return [
    ...pages,
    ...(customers ?? []).map((one) => ({
      group: t.customers,
      label: one.name,
      note: one.staff.map((staff) => staff.name).join("、"),
      to: `/people/customers/${one.id}`,
    })),
    ...audiences.slice(0, EACH).map((one) => ({
      group: t.audiences,
      label: one.name,
      note: one.description,
      to: `/people/audiences/${one.id}`,
    })),
    ...codes.slice(0, EACH).map((one) => ({
      group: t.codes,
      label: one.name,
      note: one.channel?.name,
      to: `/growth/live-codes/${one.id}`,
    })),
    ...materials.slice(0, EACH).map((one) => ({
      group: t.materials,
      label: one.title,
      to: `/activation/materials/${one.id}`,
    })),
  ];
}
