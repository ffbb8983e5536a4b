// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { Trail } from "./Trail.tsx";

vi.mock("../hooks/useCustomers.ts", () => ({
  useTimeline: () => ({
    items: [
      {
        id: "1",
        type: "contact.added",
        occurred_at: "2026-11-22T08:19:00Z",
        title: "添加好友",
        detail: null,
        names: {},
        staff: { id: 3, name: "林晓月", avatar_url: null },
        properties: {},
      },
      {
        id: "2",
        type: "order.paid",
        occurred_at: "2026-11-22T08:20:00Z",
        title: "支付订单",
        detail: null,
        names: {},
        staff: null,
        properties: { amount_fen: 33800 },
      },
    ],
    hasNextPage: false,
  }),
}));

afterEach(cleanup);

it("names the staff of an act, where there was one", () => {
  render(<Trail id={1} />);
  expect(screen.getByText("员工 林晓月")).toBeDefined();
  expect(screen.getByText("¥338.00")).toBeDefined();
});
