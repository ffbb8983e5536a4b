// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { SelectMany } from "./SelectMany.tsx";

afterEach(cleanup);

function shown() {
  const onChange = vi.fn();
  const options = [
    { value: 1, label: "双十一" },
    { value: 2, label: "老客" },
  ];
  render(<SelectMany<number> open options={options} value={[]} onChange={onChange} />);
  return { onChange, input: screen.getByRole("combobox") };
}

describe("choosing several", () => {
  it("takes nothing along when it is left", () => {
    const { onChange, input } = shown();
    fireEvent.keyDown(input, { key: "Tab", keyCode: 9, which: 9 });
    fireEvent.keyDown(input, { key: "Enter", keyCode: 13, which: 13 });
    expect(onChange).not.toHaveBeenCalled();
  });

  it("takes what was walked to", () => {
    const { onChange, input } = shown();
    fireEvent.keyDown(input, { key: "ArrowDown", keyCode: 40, which: 40 });
    fireEvent.keyDown(input, { key: "Enter", keyCode: 13, which: 13 });
    expect(onChange).toHaveBeenCalledTimes(1);
  });
});
