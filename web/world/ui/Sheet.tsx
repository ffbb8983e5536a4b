import { useText } from "@kit/i18n/messages.ts";
import { type ReactNode, useEffect, useRef } from "react";
import { words } from "../words.ts";
import { Button } from "./Button.tsx";
import css from "./ui.module.css";

/** A dialog, in the middle or at the right side; Escape, the cross and a tap beside it close it. */
export function Sheet({
  title,
  side = false,
  onClose,
  children,
}: {
  title: string;
  side?: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  const text = useText(words);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the keyboard's way out
    <dialog
      ref={dialog}
      className={side ? css.side : undefined}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div className={css.sheetHead}>
        <h2>{title}</h2>
        <Button looks={["plain"]} onClick={onClose} aria-label={text.close}>
          ✕
        </Button>
      </div>
      <div className={css.sheetBody}>{children}</div>
    </dialog>
  );
}
