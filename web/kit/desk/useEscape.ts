import { useEffect } from "react";

const LAYERS = ".ant-drawer-open, .ant-modal-wrap:not([style*='display: none'])";

/** The dialog or drawer that lies over all others; of two at one height the later. */
function uppermost(): Element | undefined {
  const height = (layer: Element) => Number(getComputedStyle(layer).zIndex) || 0;
  return [...document.querySelectorAll(LAYERS)].sort((a, b) => height(a) - height(b)).at(-1);
}

/**
 * Escape closes what lies uppermost also while the focus is not in it: antd moves it there at the
 * end of the opening only, and it falls back to the page when what had it goes.
 */
export function useEscape(): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key !== "Escape" || event.isComposing) return;
      const top = uppermost();
      // Pressed inside it, whatever had the focus there has had its say.
      if (!top || !(event.target instanceof Node) || top.contains(event.target)) return;
      const { key, keyCode } = event;
      top.dispatchEvent(new KeyboardEvent("keydown", { key, keyCode, bubbles: true }));
    }
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
