// @vitest-environment happy-dom
import { Problem } from "@kit/api/problem.ts";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { App } from "antd";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { addNamed } from "../api.ts";
import { PastePeople } from "./PastePeople.tsx";

vi.mock("../api.ts", async (original) => ({
  ...(await original<typeof import("../api.ts")>()),
  addNamed: vi.fn(),
}));

const ANSWER = {
  added: 1,
  known: 2,
  size: 3,
  missing: [{ line: 1 }],
  ambiguous: [{ line: 3 }],
};

function shown() {
  const onClose = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <App>
        <PastePeople id={7} onClose={onClose} />
      </App>
    </QueryClientProvider>,
  );
  return { onClose, field: screen.getByRole<HTMLTextAreaElement>("textbox") };
}

function adds(): HTMLButtonElement {
  return screen.getByRole("button", { name: /^添\s*加$/ });
}

function write(field: HTMLElement, value: string) {
  fireEvent.change(field, { target: { value } });
}

function choose(...content: BlobPart[]) {
  const input = document.querySelector<HTMLInputElement>("input[type=file]");
  fireEvent.change(input as HTMLInputElement, {
    target: { files: [new File(content, "名单.csv")] },
  });
}

beforeEach(() => {
  vi.mocked(addNamed).mockResolvedValue(ANSWER);
});
afterEach(() => {
  cleanup();
  vi.clearAllMocks();
});

// A machine with much else to do draws dialogs slowly.
describe("pasting people onto a list", { timeout: 60_000 }, () => {
  it("sends the lines that say something, and tells what became of each", async () => {
    const { field, onClose } = shown();
    expect(adds().disabled).toBe(true);
    write(field, "手机号\n\n13900000000\n wm-two \n");
    expect(screen.getByRole("status").textContent).toBe("共 3 行");
    fireEvent.click(adds());
    await screen.findByText("已添加 1 位，2 位原本就在名单上，1 行没有找到，1 行对应多位客户");
    expect(vi.mocked(addNamed).mock.calls[0]?.[0]).toEqual({
      id: 7,
      lines: ["手机号", "13900000000", "wm-two"],
    });
    const missing = screen.getByRole("region", { name: /没有找到，或/ });
    expect(within(missing).getByRole("listitem").textContent).toBe("1手机号");
    const ambiguous = screen.getByRole("region", { name: /对应多位客户，没有/ });
    expect(within(ambiguous).getByRole("listitem").textContent).toBe("4wm-two");
    const copied = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
    fireEvent.click(within(ambiguous).getByRole("button"));
    expect(copied).toHaveBeenCalledExactlyOnceWith("wm-two");
    fireEvent.click(screen.getByRole("button", { name: /完\s*成/ }));
    expect(onClose).toHaveBeenCalledOnce();
  });

  it("blocks more lines than are taken at once", () => {
    const { field } = shown();
    write(field, "x\n".repeat(5_000));
    expect(adds().disabled).toBe(false);
    write(field, "x\n".repeat(5_001));
    expect(adds().disabled).toBe(true);
    expect(screen.getByRole("status").textContent).toMatch("一次最多 5,000 行");
  });

  it("takes the first column of a file in, below what is there", async () => {
    const { field } = shown();
    write(field, "wm-one\n");
    choose("手机号,姓名\n13900000000,小林\n");
    await vi.waitFor(() => expect(field.value).toBe("wm-one\n手机号\n13900000000"));
    expect(addNamed).not.toHaveBeenCalled();
  });

  it("says why a file is not taken", async () => {
    const { field } = shown();
    choose(new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0xff, 0xff, 0x00]));
    await screen.findByText(/无法读取这个文件/);
    choose("x\n".repeat(5_001));
    await screen.findByText(/文件里有 5,001 行/);
    expect(field.value).toBe("");
  });

  it("keeps what was pasted when the server refuses", async () => {
    vi.mocked(addNamed).mockRejectedValue(
      new Problem(409, "audience_not_a_list", "只有固定名单可以手工增减客户"),
    );
    const { field } = shown();
    write(field, "wm-one");
    fireEvent.click(adds());
    await screen.findByText("只有固定名单可以手工增减客户");
    expect(field.value).toBe("wm-one");
  });
});
