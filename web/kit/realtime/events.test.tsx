// @vitest-environment happy-dom
import { act, cleanup, render } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type LiveFact, useFacts } from "./events.ts";

const CLOSED = 2;

/** The browser's line to the server, of which the test says what happens to it. */
class Line {
  static readonly CLOSED = CLOSED;
  static all: Line[] = [];
  readyState = 0;
  onopen = () => {};
  onerror = () => {};
  onmessage = (_: { data: string }) => {};
  constructor() {
    Line.all.push(this);
  }
  close() {
    this.readyState = CLOSED;
  }
}

beforeEach(() => {
  Line.all = [];
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", Line);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function Ear({ hear }: { hear: (fact: LiveFact | null) => void }) {
  useFacts(hear);
  return null;
}

function heard() {
  const hear = vi.fn();
  const shown = render(<Ear hear={hear} />);
  return { hear, ...shown };
}

it("says that much may have been missed once a broken line stands again", () => {
  const { hear } = heard();
  const [line] = Line.all;
  act(() => line?.onopen());
  expect(hear).not.toHaveBeenCalled();
  act(() => line?.onerror());
  act(() => line?.onopen());
  expect(hear.mock.calls).toEqual([[null]]);
  act(() => line?.onmessage({ data: '{"id": "1"}' }));
  expect(hear).toHaveBeenLastCalledWith({ id: "1" });
});

it("comes more and more seldom while it is refused", () => {
  heard();
  for (const seconds of [5, 10, 20, 40, 80, 80]) {
    const line = Line.all.at(-1);
    if (!line) throw new Error("no line");
    line.readyState = CLOSED;
    act(() => line.onerror());
    const tried = Line.all.length;
    act(() => void vi.advanceTimersByTime(seconds * 1000 - 1));
    expect(Line.all).toHaveLength(tried);
    act(() => void vi.advanceTimersByTime(1));
    expect(Line.all).toHaveLength(tried + 1);
  }
});

it("comes again after a refusal, until nobody listens any more", () => {
  const { hear, unmount } = heard();
  const refuse = (line: Line | undefined) => {
    if (!line) throw new Error("no line");
    line.readyState = CLOSED;
    act(() => line.onerror());
  };
  refuse(Line.all[0]);
  act(() => void vi.runAllTimers());
  expect(Line.all).toHaveLength(2);
  act(() => Line.all[1]?.onopen());
  expect(hear).toHaveBeenCalledWith(null);
  refuse(Line.all[1]);
  unmount();
  act(() => void vi.runAllTimers());
  expect(Line.all).toHaveLength(2);
});

it("stands only while the page is looked at, and then much may have been missed", () => {
  const looked = vi.spyOn(document, "visibilityState", "get");
  const turn = (to: DocumentVisibilityState) => {
    looked.mockReturnValue(to);
    act(() => void document.dispatchEvent(new Event("visibilitychange")));
  };
  const { hear, unmount } = heard();
  turn("hidden");
  expect(Line.all.map((line) => line.readyState)).toEqual([CLOSED]);
  turn("visible");
  turn("visible");
  expect(Line.all).toHaveLength(2);
  act(() => Line.all[1]?.onopen());
  expect(hear.mock.calls).toEqual([[null]]);
  unmount();
  turn("hidden");
  turn("visible");
  expect(Line.all).toHaveLength(2);
});
