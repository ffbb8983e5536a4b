// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { Checkbox, Input, Modal } from "antd";
import { useState } from "react";
import { afterEach, expect, it } from "vitest";
import { focusOnceShown } from "./focusOnceShown.ts";

afterEach(cleanup);

it("lets a dialog be typed into at once", async () => {
  render(
    <Modal open>
      <input aria-label="name" ref={focusOnceShown} />
    </Modal>,
  );
  const field = screen.getByLabelText("name");
  await waitFor(() => expect(document.activeElement).toBe(field));
});

function Sharing() {
  const [shared, setShared] = useState(false);
  return (
    <Modal open>
      <Input aria-label="name" ref={focusOnceShown} />
      <Checkbox checked={shared} onChange={(event) => setShared(event.target.checked)}>
        share
      </Checkbox>
    </Modal>
  );
}

it("leaves the focus where it went, however often the dialog is drawn anew", async () => {
  render(<Sharing />);
  const field = screen.getByLabelText("name");
  await waitFor(() => expect(document.activeElement).toBe(field));
  const other = screen.getByRole<HTMLInputElement>("checkbox");
  other.focus();
  fireEvent.click(other);
  await waitFor(() => expect(other.checked).toBe(true));
  await new Promise((done) => setTimeout(done));
  expect(document.activeElement).toBe(other);
});
