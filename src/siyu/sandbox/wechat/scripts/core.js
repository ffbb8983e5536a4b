/* Stand-in for the script interfaces of WeChat and WeCom inside the simulated world.
   The page is judged by the world: signatures are checked there, messages are delivered there. */
(function (root) {
  "use strict";
  var BASE = "__BASE__";
  var sessions = { config: null, agentConfig: null };

  function post(path, data) {
    // text/plain keeps the request simple: no preflight from the page's origin
    return fetch(BASE + path, {
      method: "POST",
      headers: { "Content-Type": "text/plain" },
      body: JSON.stringify(data),
    }).then(function (answer) {
      return answer.json();
    });
  }

  function pageUrl() {
    return root.location.href.split("#")[0];
  }

  function check(kind, options) {
    return post("/jsapi/check", {
      kind: kind,
      appid: options.appId || options.corpId || options.corpid || options.appid || "",
      agentid: String(options.agentId || options.agentid || ""),
      timestamp: String(options.timestamp || ""),
      noncestr: options.nonceStr || options.noncestr || "",
      signature: options.signature || "",
      url: pageUrl(),
      apis: options.jsApiList || [],
    }).then(function (answer) {
      if (answer.errMsg === kind + ":ok") sessions[kind] = answer.session;
      return answer;
    });
  }

  function call(name, data) {
    var session = sessions.agentConfig || sessions.config;
    if (!session) return Promise.resolve({ errMsg: name + ":permission denied" });
    return post("/jsapi/call", { session: session, name: name, data: data || {}, url: pageUrl() });
  }

  function choose(contacts) {
    return new Promise(function (resolve) {
      var cover = root.document.createElement("div");
      cover.setAttribute("role", "dialog");
      cover.setAttribute("data-siyu-chooser", "");
      cover.style.cssText =
        "position:fixed;inset:0;z-index:2147483000;background:rgba(23,33,31,.5);display:flex;align-items:flex-end";
      var sheet = root.document.createElement("div");
      sheet.style.cssText =
        "width:100%;max-height:70%;overflow:auto;background:#fff;border-radius:12px 12px 0 0;padding:8px 0 24px;font:16px/1.5 system-ui,sans-serif;color:#17211F";
      var title = root.document.createElement("div");
      title.textContent = "发送给";
      title.style.cssText =
        "display:flex;justify-content:space-between;padding:12px 16px;font-weight:600";
      var cancel = root.document.createElement("button");
      cancel.type = "button";
      cancel.textContent = "取消";
      cancel.style.cssText = "border:0;background:none;font:inherit;font-weight:400;color:#0E8F7E";
      function leave() {
        cover.remove();
        resolve(null);
      }
      cancel.onclick = leave;
      cover.onclick = function (event) {
        if (event.target === cover) leave();
      };
      title.appendChild(cancel);
      sheet.appendChild(title);
      contacts.forEach(function (contact) {
        var row = root.document.createElement("button");
        row.type = "button";
        row.textContent = contact.name;
        row.setAttribute("data-person", String(contact.id));
        row.style.cssText =
          "display:block;width:100%;padding:12px 16px;border:0;border-top:1px solid #E6E8E3;background:none;text-align:left;font:inherit;color:inherit";
        row.onclick = function () {
          cover.remove();
          resolve(contact.id);
        };
        sheet.appendChild(row);
      });
      cover.appendChild(sheet);
      root.document.body.appendChild(cover);
    });
  }

  function deliver(name, data) {
    return call(name, data).then(function (answer) {
      if (answer.errMsg !== name + ":choose") return answer;
      return choose(answer.contacts).then(function (person) {
        if (person === null) return { errMsg: name + ":cancel" };
        return call(name, Object.assign({}, data, { person: person }));
      });
    });
  }

  function confirmPayment(asked) {
    return new Promise(function (resolve) {
      var cover = root.document.createElement("div");
      cover.setAttribute("role", "dialog");
      cover.setAttribute("data-siyu-cashier", "");
      cover.style.cssText =
        "position:fixed;inset:0;z-index:2147483000;background:rgba(23,33,31,.5);display:flex;align-items:flex-end";
      var sheet = root.document.createElement("div");
      sheet.style.cssText =
        "width:100%;background:#fff;border-radius:12px 12px 0 0;padding:24px 16px;text-align:center;font:16px/1.5 system-ui,sans-serif;color:#17211F";
      function line(text, size) {
        var part = root.document.createElement("div");
        part.textContent = text;
        part.style.cssText = "font-size:" + size + "px;margin-bottom:8px";
        sheet.appendChild(part);
      }
      function button(text, done, style) {
        var made = root.document.createElement("button");
        made.type = "button";
        made.textContent = text;
        made.style.cssText =
          "display:block;width:100%;padding:12px;border:0;border-radius:8px;margin-top:8px;font:inherit;" +
          style;
        made.onclick = function () {
          cover.remove();
          resolve(done);
        };
        sheet.appendChild(made);
        return made;
      }
      line(asked.description, 16);
      line("¥" + (asked.total / 100).toFixed(2), 32);
      button("支付", true, "background:#0E8F7E;color:#fff").setAttribute("data-siyu-pay", "");
      button("取消", false, "background:none;color:inherit");
      cover.appendChild(sheet);
      root.document.body.appendChild(cover);
    });
  }

  function pay(data) {
    function ask(confirmed) {
      return post("/jsapi/pay", { data: data, url: pageUrl(), confirmed: confirmed });
    }
    return ask(false).then(function (answer) {
      if (answer.errMsg !== "pay:confirm") return answer;
      return confirmPayment(answer).then(function (agreed) {
        return agreed ? ask(true) : { errMsg: "pay:cancel" };
      });
    });
  }

  root.__siyuWorld = { check: check, call: call, deliver: deliver, pay: pay };
})(window);
