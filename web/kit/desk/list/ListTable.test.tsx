// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Problem } from "../../api/problem.ts";
import { ListTable } from "./ListTable.tsx";
import type { Pages } from "./usePages.ts";

type Row = { id: number; name: string };

function pagesOf(changes: Partial<Pages<Row>>): Pages<Row> {
  return {
    items: undefined,
    error: null,
    refetch: vi.fn(),
    hasNextPage: false,
    fetchNextPage: vi.fn(),
    isFetchingNextPage: false,
    ...changes,
  };
}

function show(pages: Pages<Row>, props: { filtered?: boolean; onOpen?: (row: Row) => void } = {}) {
  render(
    <ListTable<Row>
      pages={pages}
      rowKey={(row) => row.id}
      columns={[{ title: "名称", dataIndex: "name" }]}
      empty={<p>还没有内容</p>}
      {...props}
    />,
  );
}

describe("a list", () => {
  afterEach(cleanup);

  it("says so when what it shows could not be renewed", () => {
    const refetch = vi.fn();
    const dataUpdatedAt = Date.now() - 300_000;
    const error = new Problem(500, "internal_error", "服务器出错");
    show(pagesOf({ items: [{ id: 1, name: "甲" }], error, dataUpdatedAt, refetch }));
    expect(screen.getByText("甲")).toBeDefined();
    expect(screen.getByRole("status").textContent).toContain("5分钟前");
    expect(screen.getByRole("status").textContent).toContain("服务器出错");
    fireEvent.click(screen.getByRole("button", { name: "重试" }));
    expect(refetch).toHaveBeenCalledOnce();
  });

  it("explains itself while it is empty", () => {
    show(pagesOf({ items: [] }));
    expect(screen.getByText("还没有内容")).toBeDefined();
  });

  it("says that filters match nothing, which is not being empty", () => {
    show(pagesOf({ items: [] }), { filtered: true });
    expect(screen.queryByText("还没有内容")).toBeNull();
    expect(screen.getByText("没有符合条件的内容")).toBeDefined();
  });

  it("tells a failure in the server's sentence and tries again", () => {
    const refetch = vi.fn();
    show(pagesOf({ error: new Problem(503, "busy", "系统繁忙，请稍后再试"), refetch }));
    expect(screen.getByText("系统繁忙，请稍后再试")).toBeDefined();
    fireEvent.click(screen.getByRole("button"));
    expect(refetch).toHaveBeenCalledOnce();
  });

  it("tells a missing permission apart from a failure", () => {
    show(pagesOf({ error: new Problem(403, "permission_missing", "x") }));
    expect(screen.getByText("没有权限查看")).toBeDefined();
  });

  it("reads further and opens rows by mouse and keyboard", () => {
    const fetchNextPage = vi.fn();
    const onOpen = vi.fn();
    const row = { id: 1, name: "小满妈妈" };
    show(pagesOf({ items: [row], hasNextPage: true, fetchNextPage }), { onOpen });
    fireEvent.click(screen.getByRole("button", { name: "加载更多" }));
    expect(fetchNextPage).toHaveBeenCalledOnce();
    fireEvent.click(screen.getByText("小满妈妈"));
    const line = screen.getByText("小满妈妈").closest("tr");
    if (line) fireEvent.keyDown(line, { key: "Enter" });
    expect(onOpen.mock.calls).toEqual([[row], [row]]);
  });
});
