// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { SearchField } from "./SearchField.tsx";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function field() {
  const told = vi.fn();
  let turn: (value: string) => void = () => {};
  function Page() {
    const [value, setValue] = useState("");
    turn = setValue;
    const hear = (next: string) => {
      told(next);
      setValue(next);
    };
    return <SearchField value={value} placeholder="find" onChange={hear} />;
  }
  render(<Page />);
  const input = screen.getByPlaceholderText<HTMLInputElement>("find");
  const type = (value: string) => fireEvent.change(input, { target: { value } });
  const pause = () => act(() => void vi.advanceTimersByTime(1_000));
  return { told, input, type, pause, turn: (value: string) => act(() => turn(value)) };
}

it("searches once the typing pauses, and by Enter at once", () => {
  const { told, input, type, pause } = field();
  type("a");
  type("ab ");
  expect(told).not.toHaveBeenCalled();
  pause();
  expect(told.mock.calls).toEqual([["ab"]]);
  expect(input.value).toBe("ab ");
  type("abc");
  fireEvent.keyDown(input, { key: "Enter" });
  expect(told).toHaveBeenLastCalledWith("abc");
  pause();
  expect(told).toHaveBeenCalledTimes(2);
});

it("waits for the words of an input method", () => {
  const { told, input, type, pause } = field();
  fireEvent.compositionStart(input);
  type("ma");
  pause();
  expect(told).not.toHaveBeenCalled();
  type("妈");
  fireEvent.compositionEnd(input);
  pause();
  expect(told.mock.calls).toEqual([["妈"]]);
});

it("shows what the page was asked otherwise", () => {
  const { told, input, turn, pause } = field();
  turn("from a view");
  pause();
  expect(input.value).toBe("from a view");
  expect(told).not.toHaveBeenCalled();
});
