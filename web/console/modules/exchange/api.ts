import { api, done, take, tellSessionLost } from "@kit/api/client.ts";
import { offline, problemFrom } from "@kit/api/problem.ts";
import type { components } from "@kit/api/schema.gen.ts";
import type { Page } from "@kit/api/types.ts";

type Shapes = components["schemas"];
export type Import = Shapes["ImportView"];
export type ImportState = Import["state"];
export type Plan = Import["plan"];
export type PlanColumn = Plan["columns"][number];
export type Meaning = PlanColumn["means"];
export type Preview = Shapes["ImportPreview"];
export type PreviewRow = Preview["rows"][number];
export type RowProblem = Shapes["ProblemView"];
export type Export = Shapes["ExportView"];
export type ExportState = Export["state"];
export type ExportDraft = Shapes["ExportDraft"];
export type ExportWanted = Shapes["ExportWanted"];
export type ExportColumn = Shapes["ColumnChoice"];

export const MEANINGS = [
  "phone",
  "member",
  "external_userid",
  "unionid",
  "openid",
  "name",
  "gender",
  "stage",
  "tags",
  "consent",
  "field",
] as const satisfies readonly Meaning[];

/** Sends a file as it is, telling how much of it has arrived (0 to 1). */
export function uploadImport(file: File, onShare: (share: number) => void): Promise<Import> {
  return new Promise((resolve, reject) => {
    // Only this old way tells how far an upload is.
    const request = new XMLHttpRequest();
    request.open("POST", `/api/imports?name=${encodeURIComponent(file.name)}`);
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onShare(total ? loaded / total : 0);
    request.onerror = () => reject(offline());
    request.onload = () => {
      if (request.status < 300) return resolve(request.response as Import);
      if (request.status === 401) tellSessionLost();
      reject(problemFrom(request.status, request.response));
    };
    request.send(file);
  });
}

export function listImports(query: { cursor?: string }): Promise<Page<Import>> {
  return take(api.GET("/api/imports", { params: { query } }));
}

export function readImport(import_id: number): Promise<Import> {
  return take(api.GET("/api/imports/{import_id}", { params: { path: { import_id } } }));
}

export function discardImport(import_id: number): Promise<void> {
  return done(api.DELETE("/api/imports/{import_id}", { params: { path: { import_id } } }));
}

export function previewImport(import_id: number, body: Plan): Promise<Preview> {
  return take(
    api.POST("/api/imports/{import_id}/preview", { params: { path: { import_id } }, body }),
  );
}

export function settleImport(import_id: number, body: Plan): Promise<Import> {
  return take(api.PUT("/api/imports/{import_id}/plan", { params: { path: { import_id } }, body }));
}

export function checkImport(import_id: number): Promise<unknown> {
  return take(api.POST("/api/imports/{import_id}/check", { params: { path: { import_id } } }));
}

export function startImport(import_id: number): Promise<unknown> {
  return take(api.POST("/api/imports/{import_id}/start", { params: { path: { import_id } } }));
}

export function listProblems(
  import_id: number,
  query: { repeated: boolean; cursor?: string },
): Promise<Page<RowProblem>> {
  return take(
    api.GET("/api/imports/{import_id}/problems", { params: { path: { import_id }, query } }),
  );
}

export function listExports(query: { cursor?: string }): Promise<Page<Export>> {
  return take(api.GET("/api/exports", { params: { query } }));
}

export function readColumns(): Promise<ExportColumn[]> {
  return take(api.GET("/api/exports/columns"));
}

export function sizeOf(body: ExportWanted): Promise<Shapes["ExportSize"]> {
  return take(api.POST("/api/exports/size", { body }));
}

export function beginExport(body: ExportDraft): Promise<Export> {
  return take(api.POST("/api/exports", { body }));
}
