// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { Modal } from "antd";
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
