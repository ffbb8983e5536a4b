// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { App } from "antd";
import { MemoryRouter } from "react-router";
import { afterEach, describe, expect, it, vi } from "vitest";
import { readDraft } from "../draft.ts";
import { BLANK, CUSTOMER_NAME } from "../welcome.ts";
import { Builder } from "./Builder.tsx";

vi.mock("@kit/session/session.ts", () => ({ useMay: () => () => true }));
vi.mock("../../channels/hooks/useChannels.ts", () => ({ useChannelOptions: () => [] }));
vi.mock("../../staff/hooks/useStaff.ts", () => ({ useStaffOptions: () => [] }));
vi.mock("../../tags/hooks/useTags.ts", () => ({ useTagOptions: () => [] }));

function shown() {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>
        <App>
          <Builder initial={BLANK} />
        </App>
      </MemoryRouter>
    </QueryClientProvider>,
  );
  return within(screen.getByRole("complementary"));
}

afterEach(cleanup);

// A machine with much else to do draws forms slowly.
describe("the builder of live codes", { timeout: 60_000 }, () => {
  it("shows what is written, and what a button writes, as the customer will see it", async () => {
    const preview = shown();
    fireEvent.change(screen.getByPlaceholderText(/如：您好/), { target: { value: "您好，" } });
    await preview.findByText("您好，");
    fireEvent.click(screen.getByRole("button", { name: "插入客户昵称" }));
    await preview.findByText("您好，小满妈妈");
    expect(readDraft()?.welcome?.text).toBe(`您好，${CUSTOMER_NAME}`);
    fireEvent.click(screen.getByRole("button", { name: "清空草稿" }));
    await preview.findByText(/没有欢迎语/);
    expect(readDraft()).toEqual(BLANK);
  });
});
