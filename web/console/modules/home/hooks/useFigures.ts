import { useLanguage } from "@kit/i18n/language.ts";
import { useMay } from "@kit/session/session.ts";
import { useSearchParams } from "react-router";
import { MAY } from "../../../permissions.ts";
import { periodOf, spanOf } from "../period.ts";
import { ENGLISH_ASKS } from "../words.ts";

type Asking = { title: string; detail: string };

/** What the server asks of a person, in the language on screen. */
export function useAsking(): (key: string, asking: Asking) => Asking {
  const english = useLanguage() === "en";
  return (key, asking) => (english ? (ENGLISH_ASKS[key] ?? asking) : asking);
}

type Opening = { key: string; drill: "people" | "orders" | null };

/** The page with what a figure counted in the period on screen, if this role may open it. */
export function useOpening(figure: Opening): string | undefined {
  const may = useMay();
  const [search] = useSearchParams();
  const needs = figure.drill === "orders" ? MAY.readOrders : MAY.readCustomers;
  if (!figure.drill || !may(needs)) return undefined;
  const { from, to } = periodOf(spanOf(search.get("span") ?? undefined));
  return `/metrics/${figure.key}?from=${from}&to=${to}`;
}
