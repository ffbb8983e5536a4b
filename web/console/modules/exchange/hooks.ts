import { usePages } from "@kit/desk/list/usePages.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  beginExport,
  checkImport,
  discardImport,
  type Import,
  type ImportState,
  listExports,
  listImports,
  listProblems,
  type Plan,
  previewImport,
  readColumns,
  readImport,
  settleImport,
  startImport,
} from "./api.ts";

const IMPORTS_KEY = ["imports"] as const;
const EXPORTS_KEY = ["exports"] as const;
const AT_WORK = new Set<ImportState>(["checking", "running"]);
const SOON = 1_500;

export function useImports() {
  return usePages([...IMPORTS_KEY, "list"], (cursor) => listImports({ cursor }), {
    refetchInterval: 5_000,
  });
}

/** A file; asked again quickly while something is done with it. */
export function useImport(id: number) {
  return useQuery({
    queryKey: [...IMPORTS_KEY, id],
    queryFn: () => readImport(id),
    refetchInterval: (query) =>
      query.state.data && AT_WORK.has(query.state.data.state) ? SOON : false,
  });
}

/** What the file of an import is called; nothing while that is unknown. */
export function useImportName(id: number | undefined): string | undefined {
  return useQuery({
    queryKey: [...IMPORTS_KEY, id],
    queryFn: () => readImport(id as number),
    enabled: id !== undefined,
    retry: false,
  }).data?.name;
}

export function usePreview(id: number, plan: Plan, enabled: boolean) {
  return useQuery({
    queryKey: [...IMPORTS_KEY, id, "preview", plan],
    queryFn: () => previewImport(id, plan),
    placeholderData: (before) => before,
    enabled,
  });
}

/** Rows that stay out, or (`repeated`) those about somebody of another row. */
export function useProblems({ id, state, problems, repeats }: Import, repeated: boolean) {
  // While more are found, what was read of them is read anew; so are those of the import, which
  // begins by forgetting those of the trial, be they as many.
  const known = [state, repeated ? repeats : problems];
  return usePages([...IMPORTS_KEY, id, "problems", repeated, ...known], (cursor) =>
    listProblems(id, { repeated, cursor }),
  );
}

export function useImportActs(id: number) {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: IMPORTS_KEY });
  return {
    check: useMutation({
      mutationFn: async (plan: Plan) => {
        await settleImport(id, plan);
        await checkImport(id);
      },
      onSettled,
    }),
    start: useMutation({ mutationFn: () => startImport(id), onSettled }),
    discard: useMutation({ mutationFn: () => discardImport(id), onSettled }),
  };
}

export function useExports() {
  return usePages([...EXPORTS_KEY, "list"], (cursor) => listExports({ cursor }), {
    refetchInterval: 3_000,
  });
}

export function useColumns() {
  return useQuery({ queryKey: [...EXPORTS_KEY, "columns"], queryFn: readColumns });
}

export function useBeginExport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: beginExport,
    onSettled: () => client.invalidateQueries({ queryKey: EXPORTS_KEY }),
  });
}
