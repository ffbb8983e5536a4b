// @vitest-environment happy-dom
import { cleanup, fireEvent, render } from "@testing-library/react";
import { ConfigProvider, Drawer, Modal } from "antd";
import { afterEach, expect, it, vi } from "vitest";
import { useEscape } from "./useEscape.ts";

afterEach(cleanup);

const ESCAPE = { key: "Escape", keyCode: 27 };

type Closing = { onDrawer: () => void; onModal: () => void; modal: boolean };

function Page({ onDrawer, onModal, modal }: Closing) {
  useEscape();
  return (
    <ConfigProvider theme={{ token: { motion: false } }}>
      <Drawer open onClose={onDrawer}>
        <button type="button">in the drawer</button>
      </Drawer>
      <Modal open={modal} onCancel={onModal} />
    </ConfigProvider>
  );
}

function shown() {
  const closing = { onDrawer: vi.fn(), onModal: vi.fn() };
  const { rerender, ...found } = render(<Page {...closing} modal={false} />);
  const openModal = () => rerender(<Page {...closing} modal />);
  return { ...closing, ...found, openModal };
}

it("closes what lies uppermost though the focus is still on the page", () => {
  const { onDrawer, onModal, openModal } = shown();
  openModal();
  fireEvent.keyDown(document.body, ESCAPE);
  expect(onModal).toHaveBeenCalledTimes(1);
  expect(onDrawer).not.toHaveBeenCalled();
});

it("closes a drawer once, wherever the focus is", () => {
  const { onDrawer, getByText } = shown();
  fireEvent.keyDown(document.body, ESCAPE);
  expect(onDrawer).toHaveBeenCalledTimes(1);
  fireEvent.keyDown(getByText("in the drawer"), ESCAPE);
  expect(onDrawer).toHaveBeenCalledTimes(2);
});

it("leaves other keys, and pages without a dialog, alone", () => {
  const { onDrawer, unmount } = shown();
  fireEvent.keyDown(document.body, { key: "Enter", keyCode: 13 });
  unmount();
  fireEvent.keyDown(document.body, ESCAPE);
  expect(onDrawer).not.toHaveBeenCalled();
});
