// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";

const mutate = vi.fn();
const field = { id: 7, name: "过敏史", kind: "text", options: [], hint: "例如牛奶", gone: false };

vi.mock("@kit/session/session.ts", () => ({ useMay: () => () => true }));
vi.mock("../../fields/hooks/useFields.ts", () => ({
  useFields: () => ({ data: [field] }),
  useValues: () => ({ data: [], isPending: false }),
  useNoting: () => ({ note: { mutate, isPending: false, error: null } }),
}));

const { Fields } = await import("./Fields.tsx");

afterEach(cleanup);

it("is filled in by keyboard alone", async () => {
  render(<Fields id={1} />);
  fireEvent.click(screen.getByRole("button", { name: "编辑过敏史" }));
  const input = screen.getByLabelText<HTMLInputElement>("过敏史");
  expect(document.activeElement).toBe(input);
  expect(input.placeholder).toBe("例如牛奶");
  fireEvent.change(input, { target: { value: "牛奶" } });
  if (input.form) fireEvent.submit(input.form);
  expect(mutate.mock.calls[0]?.[0]).toEqual({ 7: "牛奶" });
  fireEvent.keyDown(input, { key: "Escape" });
  await waitFor(() => expect(screen.queryByLabelText("过敏史")).toBeNull());
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "编辑过敏史" }));
});
