// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { App } from "antd";
import { MemoryRouter } from "react-router";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { beginAct, freeze } from "../api.ts";
import { BulkBar } from "./BulkBar.tsx";

vi.mock("@kit/session/session.ts", () => ({ useMay: () => () => true }));
vi.mock("../../fields/hooks/useFields.ts", () => ({
  useStages: () => ({ data: [{ id: 7, name: "有意向", gone: false }], isPending: false }),
  useFields: () => ({ data: [], isPending: false }),
}));
vi.mock("../../tags/hooks/useTags.ts", () => ({
  TAGS_KEY: ["tags"],
  useTagChoices: () => [],
  useStartMarking: () => ({ isPending: false, error: null }),
}));
vi.mock("../api.ts", async (original) => ({
  ...(await original<typeof import("../api.ts")>()),
  freeze: vi.fn(),
  beginAct: vi.fn(),
}));

const SELECTION = { id: 3, people: 6045, as_of: "2026-11-22T08:19:00Z", confirm_above: 1000 };

function shown() {
  const onDone = vi.fn();
  const onWhole = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>
        <App>
          <BulkBar
            wanted={{ state: "active" }}
            people={50}
            whole={false}
            total={6045}
            onWhole={onWhole}
            onDone={onDone}
          />
        </App>
      </MemoryRouter>
    </QueryClientProvider>,
  );
  return { onDone, onWhole };
}

beforeEach(() => {
  vi.mocked(freeze).mockResolvedValue(SELECTION);
  vi.mocked(beginAct).mockResolvedValue({ id: 1, run_id: 2, done: false, changed: 0 });
});
afterEach(() => {
  cleanup();
  vi.clearAllMocks();
});

// A machine with much else to do draws dialogs slowly.
describe("what is done with those chosen", { timeout: 60_000 }, () => {
  it("offers everybody the list shows", () => {
    const { onWhole } = shown();
    fireEvent.click(screen.getByText("选择全部 6,045 位符合条件的客户"));
    expect(onWhole).toHaveBeenCalledOnce();
  });

  it("freezes them once, wants their number typed, and begins once", async () => {
    const { onDone } = shown();
    fireEvent.click(screen.getByText("变更阶段"));
    await screen.findByText("将影响 6,045 位客户");
    expect(freeze).toHaveBeenCalledExactlyOnceWith({ state: "active" });
    fireEvent.mouseDown(screen.getByRole("combobox"));
    fireEvent.click(await screen.findByTitle("有意向"));
    const start = screen.getAllByRole("button", { name: "变更阶段" }).at(-1) as HTMLButtonElement;
    expect(start.disabled).toBe(true);
    fireEvent.change(screen.getByLabelText("请输入人数 6045 确认"), { target: { value: "6045" } });
    expect(start.disabled).toBe(false);
    fireEvent.click(start);
    await vi.waitFor(() => expect(onDone).toHaveBeenCalledOnce());
    const act = { kind: "stage", stage_id: 7, reason: "" };
    expect(beginAct).toHaveBeenCalledExactlyOnceWith(SELECTION, act);
  });

  it("leads to where fields are made while there are none", async () => {
    shown();
    fireEvent.click(screen.getByText("填写字段"));
    await screen.findByText("还没有自定义字段");
    const link = screen.getByRole("link", { name: /字段与阶段/ });
    expect(link.getAttribute("href")).toBe("/settings/fields");
  });

  it("says whom tags would reach before any is chosen", async () => {
    shown();
    fireEvent.click(screen.getByText("打标签"));
    await screen.findByText("6,045 位客户");
  });

  it("leaves them chosen when the dialog is closed", async () => {
    const { onDone } = shown();
    fireEvent.click(screen.getByText("变更阶段"));
    await screen.findByText("将影响 6,045 位客户");
    fireEvent.click(screen.getByText("取 消"));
    expect(onDone).not.toHaveBeenCalled();
  });
});
