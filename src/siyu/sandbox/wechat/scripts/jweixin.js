(function (root) {
  "use strict";
  var world = root.__siyuWorld;
  var readies = [];
  var failures = [];
  var state = "waiting";
  var failure = null;

  function settle(answer, ok) {
    state = ok ? "ready" : "failed";
    failure = answer;
    (ok ? readies : failures).forEach(function (listener) {
      listener(answer);
    });
  }

  function finish(name, options, answer) {
    var ok = answer.errMsg === name + ":ok" || answer.err_msg === name + ":ok";
    if (/:cancel$/.test(answer.errMsg || "") && options.cancel) options.cancel(answer);
    else if (ok && options.success) options.success(answer);
    else if (!ok && options.fail) options.fail(answer);
    if (options.complete) options.complete(answer);
    return answer;
  }

  function simple(name, data) {
    return function (options) {
      options = options || {};
      var sender = name === "shareAppMessage" ? world.deliver : world.call;
      return sender(name, data ? data(options) : options).then(finish.bind(null, name, options));
    };
  }

  function shareData(options) {
    return {
      title: options.title || "",
      desc: options.desc || "",
      link: options.link || "",
      imgUrl: options.imgUrl || "",
    };
  }

  function sheetOf(options, appId) {
    return {
      appId: options.appId || appId || "",
      timeStamp: String(options.timeStamp || options.timestamp || ""),
      nonceStr: options.nonceStr || "",
      package: options.package || "",
      signType: options.signType || "MD5",
      paySign: options.paySign || "",
    };
  }

  var configured = "";
  var wx = {
    config: function (options) {
      configured = options.appId || "";
      world.check("config", options).then(
        function (answer) {
          settle(answer, answer.errMsg === "config:ok");
        },
        function () {
          settle({ errMsg: "config:fail" }, false);
        }
      );
    },
    agentConfig: function (options) {
      world.check("agentConfig", options).then(function (answer) {
        finish("agentConfig", options, answer);
      });
    },
    ready: function (listener) {
      if (state === "ready") listener(failure);
      else readies.push(listener);
    },
    error: function (listener) {
      if (state === "failed") listener(failure);
      else failures.push(listener);
    },
    checkJsApi: function (options) {
      var result = {};
      (options.jsApiList || []).forEach(function (name) {
        result[name] = name in wx || name in invocable;
      });
      finish("checkJsApi", options, { errMsg: "checkJsApi:ok", checkResult: result });
    },
    invoke: function (name, data, callback) {
      var sender = name === "shareAppMessage" ? world.deliver : world.call;
      sender(name, data).then(function (answer) {
        answer.err_msg = answer.errMsg;
        if (callback) callback(answer);
      });
    },
    updateAppMessageShareData: simple("updateAppMessageShareData", shareData),
    updateTimelineShareData: simple("updateTimelineShareData", shareData),
    onMenuShareAppMessage: simple("updateAppMessageShareData", shareData),
    onMenuShareTimeline: simple("updateTimelineShareData", shareData),
    chooseWXPay: function (options) {
      return world.pay(sheetOf(options, configured)).then(function (answer) {
        answer.errMsg = answer.errMsg.replace(/^pay:/, "chooseWXPay:");
        return finish("chooseWXPay", options, answer);
      });
    },
    hideOptionMenu: function () {},
    showOptionMenu: function () {},
    hideMenuItems: function () {},
    closeWindow: function () {
      root.parent.postMessage({ siyuWorld: "closeWindow" }, "*");
    },
  };
  var invocable = { getCurExternalContact: 1, sendChatMessage: 1, getContext: 1, shareAppMessage: 1 };
  root.WeixinJSBridge = {
    invoke: function (name, data, callback) {
      if (name !== "getBrandWCPayRequest") return wx.invoke(name, data, callback);
      return world.pay(sheetOf(data, "")).then(function (answer) {
        answer.err_msg = answer.errMsg.replace(/^pay:/, "get_brand_wcpay_request:");
        if (callback) callback(answer);
      });
    },
  };
  root.document.dispatchEvent(new Event("WeixinJSBridgeReady"));
  root.wx = wx;
  root.jWeixin = wx;
})(window);
