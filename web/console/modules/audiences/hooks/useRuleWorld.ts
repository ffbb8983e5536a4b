import { useLanguage } from "@kit/i18n/language.ts";
import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { readCatalogue } from "../asking.ts";
import type { RuleWorld } from "../components/RuleWorld.ts";
import { actIn } from "../rule/acts.ts";
import { attributeIn } from "../rule/attributes.ts";
import type { Rule } from "../rule/language.ts";
import { mentionsOf } from "../rule/mentions.ts";
import { THINGS, type Thing } from "../rule/names.ts";
import { lookUp, seen, useLearning } from "./useThings.ts";

const CATALOGUE_KEY = ["audiences", "catalogue"] as const;
const FRESH_MS = 300_000;

/** What conditions can be about. */
function useCatalogue() {
  const language = useLanguage();
  const query = useQuery({ queryKey: CATALOGUE_KEY, queryFn: readCatalogue, staleTime: FRESH_MS });
  const { data } = query;
  const worded = useMemo(
    () =>
      data && {
        attributes: data.attributes.map((one) => attributeIn(language, one)),
        acts: data.behaviours.map((one) => actIn(language, one)),
        fields: data.fields,
      },
    [data, language],
  );
  return { ...query, data: worded };
}

/**
 * What is needed to tell and to edit rules: what conditions can be about, and the names of all
 * that the rules at hand point to.
 */
export function useRuleWorldOf(rules: readonly (Rule | null | undefined)[], audienceId?: number) {
  const language = useLanguage();
  const client = useQueryClient();
  const catalogue = useCatalogue();
  const learnt = useLearning();
  const { data } = catalogue;

  const known = useMemo(() => {
    const attributes = new Map(data?.attributes.map((one) => [one.name, one]));
    const acts = new Map(data?.acts.map((one) => [one.type, one]));
    const fields = new Map(data?.fields.map((one) => [one.id, one]));
    return {
      attribute: (name: string) => attributes.get(name),
      act: (type: string) => acts.get(type),
      field: (id: number) => fields.get(id),
    };
  }, [data]);

  const mentioned = data ? mentionsOf(rules, known) : {};
  const missing = THINGS.map((kind) => ({
    kind,
    ids: [...(mentioned[kind] ?? [])].filter((id) => !seen(client, kind).has(id)).sort(byNumber),
  }));
  const looking = useQueries({
    queries: missing.map(({ kind, ids }) => ({
      queryKey: ["audiences", "things", "look-up", kind, ids],
      queryFn: () => lookUp(client, kind, ids),
      enabled: ids.length > 0,
    })),
    combine: (all) => all.some((one) => one.isFetching),
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: `learnt` says that a name is there now
  const world = useMemo<RuleWorld | undefined>(
    () =>
      data && {
        language,
        audienceId,
        ...data,
        names: {
          ...known,
          thing: (kind: Thing, id: number) => {
            const found = seen(client, kind).get(id);
            return found === undefined ? "…" : found?.name;
          },
          tagGroup: (id: number) => seen(client, "tag").get(id)?.group ?? undefined,
        },
      },
    [data, known, language, audienceId, client, learnt],
  );
  return { ...catalogue, data: world, looking };
}

function byNumber(one: number, other: number): number {
  return one - other;
}
