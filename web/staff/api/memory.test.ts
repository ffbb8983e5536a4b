// @vitest-environment happy-dom

import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { forget, recall, remember } from "./memory.ts";

const DAY_MS = 86_400_000;

describe("what a phone remembers", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    localStorage.clear();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  async function learn(): Promise<void> {
    const client = new QueryClient();
    const stop = remember(client);
    await client.fetchQuery({ queryKey: ["today"], queryFn: () => "known" });
    await client.fetchQuery({ queryKey: ["chat"], queryFn: () => "whose chat" });
    vi.advanceTimersByTime(3000);
    stop();
  }

  it("is there again at the next start, but not whose chat was open", async () => {
    await learn();
    const next = new QueryClient();
    recall(next);
    expect(next.getQueryData(["today"])).toBe("known");
    expect(next.getQueryData(["chat"])).toBeUndefined();
  });

  it("is forgotten after three days, and at sign-out", async () => {
    await learn();
    const late = new QueryClient();
    recall(late, Date.now() + 4 * DAY_MS);
    expect(late.getQueryData(["today"])).toBeUndefined();
    forget();
    const out = new QueryClient();
    recall(out);
    expect(out.getQueryData(["today"])).toBeUndefined();
  });

  it("does not stumble over rubbish", () => {
    localStorage.setItem("siyu.staff.known", "{");
    expect(() => recall(new QueryClient())).not.toThrow();
  });
});
