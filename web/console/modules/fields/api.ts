import { api, done, take } from "@kit/api/client.ts";
import type {
  CustomField,
  CustomFieldChange,
  FieldInput,
  FieldValue,
  NewCustomField,
  Stage,
  StageStep,
} from "@kit/api/types.ts";

export const listFields = async (): Promise<CustomField[]> =>
  (await take(api.GET("/api/fields", {}))).items;

export const makeField = (body: NewCustomField): Promise<CustomField> =>
  take(api.POST("/api/fields", { body }));

export function changeField({
  id,
  ...body
}: CustomFieldChange & { id: number }): Promise<CustomField> {
  return take(api.PATCH("/api/fields/{field_id}", { params: { path: { field_id: id } }, body }));
}

export const orderFields = (ids: number[]): Promise<void> =>
  done(api.PUT("/api/fields/order", { body: { ids } }));

export const listStages = async (): Promise<Stage[]> =>
  (await take(api.GET("/api/stages", {}))).items;

export const makeStage = (name: string): Promise<Stage> =>
  take(api.POST("/api/stages", { body: { name } }));

export const makeUsualStages = async (): Promise<Stage[]> =>
  (await take(api.POST("/api/stages/usual", {}))).items;

export function changeStage({
  id,
  ...body
}: {
  id: number;
  name?: string;
  gone?: boolean;
}): Promise<Stage> {
  return take(api.PATCH("/api/stages/{stage_id}", { params: { path: { stage_id: id } }, body }));
}

export const orderStages = (ids: number[]): Promise<void> =>
  done(api.PUT("/api/stages/order", { body: { ids } }));

const at = (customer_id: number) => ({ params: { path: { customer_id } } });

export const readValues = async (customer_id: number): Promise<FieldValue[]> =>
  (await take(api.GET("/api/customers/{customer_id}/fields", at(customer_id)))).items;

export const noteValues = (customer_id: number, values: Record<string, FieldInput>) =>
  take(api.PUT("/api/customers/{customer_id}/fields", { ...at(customer_id), body: { values } }));

export const readSteps = async (customer_id: number): Promise<StageStep[]> =>
  (await take(api.GET("/api/customers/{customer_id}/stages", at(customer_id)))).items;

export const toStage = (customer_id: number, stage_id: number | null, reason: string) =>
  take(
    api.PUT("/api/customers/{customer_id}/stage", {
      ...at(customer_id),
      body: { stage_id, reason },
    }),
  );
