/* Tells how long a page was visible and how far it was read. Nothing else leaves the page. */
(() => {
  "use strict";
  const element = document.getElementById("siyu-track");
  if (!element) return;
  const setup = JSON.parse(element.textContent);

  // What WeChat's sign-in left in the address must not travel on when the page is shared. But the
  // signature of the share card is for the address as it came: not before the card is set.
  function tidyAddress() {
    const address = new URL(location.href);
    address.searchParams.delete("back");
    if (address.hash === "#wechat_redirect") address.hash = "";
    if (address.href !== location.href) history.replaceState(null, "", address);
  }

  const IDLE = 120000; // a page nobody touches for two minutes is not being read
  let counted = 0;
  let since = null;
  let touched = performance.now();
  let depth = 0;
  let told = "";
  let beats = 0;

  const now = () => performance.now();
  const reading = () => document.visibilityState === "visible" && now() - touched < IDLE;

  function count() {
    const moment = now();
    if (since !== null) counted += moment - since;
    since = reading() ? moment : null;
  }

  function measure() {
    const root = document.documentElement;
    const seen = (window.scrollY + window.innerHeight) / Math.max(root.scrollHeight, 1);
    depth = Math.max(depth, Math.min(100, Math.round(seen * 100)));
  }

  function tell(end) {
    count();
    measure();
    const seconds = Math.floor(counted / 1000);
    const body = JSON.stringify({ visit: setup.visit, seconds, depth, end });
    if (body === told) return;
    told = body;
    if (end && navigator.sendBeacon && navigator.sendBeacon(setup.collect, body)) return;
    // Beats carry sums, so one that fails is made good by the next.
    fetch(setup.collect, { method: "POST", body, keepalive: true, credentials: "same-origin" }).catch(
      () => { told = ""; },
    );
  }

  function beat() {
    beats += 1;
    if (reading()) tell(false);
    setTimeout(beat, beats < 12 ? 5000 : 15000);
  }

  for (const kind of ["scroll", "touchstart", "pointerdown", "keydown"]) {
    addEventListener(kind, () => { touched = now(); count(); }, { passive: true });
  }
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") tell(true);
    else { touched = now(); count(); }
  });
  addEventListener("pagehide", () => tell(true));

  function shareCard() {
    const wx = window.wx;
    if (!wx || !setup.share) {
      tidyAddress();
      return;
    }
    const { config, card } = setup.share;
    wx.config({ ...config, jsApiList: ["updateAppMessageShareData", "updateTimelineShareData"] });
    wx.error(tidyAddress);
    wx.ready(() => {
      wx.updateAppMessageShareData(card);
      wx.updateTimelineShareData(card);
      tidyAddress();
    });
  }

  count();
  tell(false);
  setTimeout(beat, 5000);
  addEventListener("load", shareCard);
})();
