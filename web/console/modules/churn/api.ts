import { api, done, take } from "@kit/api/client.ts";
import type {
  Churn,
  ChurnPlan,
  LostRow,
  Page,
  SensitiveDraft,
  SensitiveRow,
} from "@kit/api/types.ts";
import { numberOf } from "@kit/desk/list/numbers.ts";
import { usePages } from "@kit/desk/list/usePages.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

export const LOST_FILTERS = ["by", "staff", "channel", "first_day", "since"] as const;
export const LOST_BY = ["customer", "staff", "transfer", "unknown"] as const;
export const MARK_STATES = ["found", "confirmed", "dismissed"] as const;
/** From where customers' messages can come; the server tells which of them are connected. */
export const MESSAGE_SOURCES = ["service", "archive", "official"] as const;
export type MarkState = (typeof MARK_STATES)[number];

type InAddress = Partial<Record<(typeof LOST_FILTERS)[number], string>>;

const CHURN_KEY = ["churn"] as const;

/** A moment as the address has it; nothing where it is none. */
function momentOf(value: string | undefined): string | undefined {
  return value && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

function listLost(values: InAddress, cursor?: string): Promise<Page<LostRow>> {
  const query = {
    by: LOST_BY.find((by) => by === values.by),
    staff: numberOf(values.staff),
    channel: numberOf(values.channel),
    first_day: values.first_day === "yes" ? true : undefined,
    since: momentOf(values.since),
    cursor,
  };
  return take(api.GET("/api/churn/lost", { params: { query } }));
}

function listSensitive(state: MarkState, cursor?: string): Promise<Page<SensitiveRow>> {
  return take(api.GET("/api/churn/sensitive", { params: { query: { state, cursor } } }));
}

function readChurn(): Promise<Churn> {
  return take(api.GET("/api/churn", {}));
}

function changePlan(body: ChurnPlan): Promise<void> {
  return done(api.PUT("/api/churn/plan", { body }));
}

function review({ id, state }: { id: number; state: "confirmed" | "dismissed" }): Promise<void> {
  return done(
    api.POST("/api/churn/sensitive/{mark_id}/review", {
      params: { path: { mark_id: id } },
      body: { state },
    }),
  );
}

function markSensitive(body: SensitiveDraft): Promise<void> {
  return done(api.POST("/api/churn/sensitive", { body }));
}

export function useChurn() {
  return useQuery({ queryKey: [...CHURN_KEY, "overview"], queryFn: readChurn });
}

export function useLost(values: InAddress) {
  return usePages([...CHURN_KEY, "lost", values], (cursor) => listLost(values, cursor));
}

export function useSensitive(state: MarkState) {
  return usePages([...CHURN_KEY, "sensitive", state], (cursor) => listSensitive(state, cursor));
}

export function useChurnActs() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: CHURN_KEY });
  return {
    plan: useMutation({ mutationFn: changePlan, onSuccess }),
    review: useMutation({ mutationFn: review, onSuccess }),
    mark: useMutation({ mutationFn: markSensitive, onSuccess }),
  };
}
