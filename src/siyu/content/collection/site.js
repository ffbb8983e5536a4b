/* Tells siyu what happens on the enterprise's own pages:
   <script async src="https://…/static/collect.js" data-key="…"></script>
   siyu.track("product_viewed", { sku: "A1" }) */
(() => {
  "use strict";
  const script = document.currentScript;
  const key = script && script.dataset.key;
  if (!key) return;
  const collect = new URL("/collect", script.src).href;
  const MOST = 50;
  let waiting = [];
  let timer = 0;

  function send() {
    clearTimeout(timer);
    timer = 0;
    while (waiting.length > 0) {
      const body = JSON.stringify({ key, events: waiting.splice(0, MOST) });
      if (navigator.sendBeacon && navigator.sendBeacon(collect, body)) continue;
      fetch(collect, { method: "POST", body, keepalive: true, credentials: "omit" }).catch(() => {});
    }
  }

  function track(name, properties = {}) {
    waiting.push({ name, page: location.pathname, properties });
    if (!timer) timer = setTimeout(send, 1000);
  }

  addEventListener("pagehide", send);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") send();
  });
  window.siyu = { ...window.siyu, track };
  track("page_viewed");
})();
