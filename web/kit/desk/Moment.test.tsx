// @vitest-environment happy-dom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Moment } from "./Moment.tsx";

const THREE_MINUTES_MS = 180_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

it("does not stay “just now” when it is no longer true", () => {
  render(<Moment at={new Date().toISOString()} />);
  expect(screen.getByText("刚刚")).toBeDefined();
  act(() => void vi.advanceTimersByTime(THREE_MINUTES_MS));
  expect(screen.getByText("3分钟前")).toBeDefined();
});

it("leaves nothing running once no moment is on screen", () => {
  const { unmount } = render(<Moment at={new Date().toISOString()} />);
  expect(vi.getTimerCount()).toBe(1);
  unmount();
  expect(vi.getTimerCount()).toBe(0);
});
