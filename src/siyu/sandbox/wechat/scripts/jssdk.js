(function (root) {
  "use strict";
  var world = root.__siyuWorld;
  var agentReady = null;

  function sign(kind, options, maker, done, failed) {
    if (!maker) return Promise.resolve(null);
    return Promise.resolve(maker(root.location.href.split("#")[0]))
      .then(function (signature) {
        return world.check(
          kind,
          Object.assign({ corpId: options.corpId, agentId: options.agentId, jsApiList: options.jsApiList }, signature)
        );
      })
      .then(function (answer) {
        var ok = answer.errMsg === kind + ":ok";
        if (ok && done) done(answer);
        if (!ok && failed) failed(answer);
        return answer;
      });
  }

  function ready() {
    return agentReady || Promise.resolve(null);
  }

  function call(name, sender) {
    return function (options) {
      options = options || {};
      var data = {};
      Object.keys(options).forEach(function (key) {
        if (typeof options[key] !== "function") data[key] = options[key];
      });
      return ready()
        .then(function () {
          return sender(name, data);
        })
        .then(function (answer) {
          var ok = answer.errMsg === name + ":ok";
          if (ok && options.success) options.success(answer);
          if (!ok && options.fail) options.fail(answer);
          if (!ok && !options.fail) throw Object.assign(new Error(answer.errMsg), answer);
          return answer;
        });
    };
  }

  root.ww = {
    SDK_VERSION: "2.3.2-siyu-world",
    env: { isWeChat: false, isWeCom: true, isWx: true },
    register: function (options) {
      agentReady = sign(
        "config", options, options.getConfigSignature, options.onConfigSuccess, options.onConfigFail
      ).then(function () {
        return sign(
          "agentConfig", options, options.getAgentConfigSignature,
          options.onAgentConfigSuccess, options.onAgentConfigFail
        );
      });
      return agentReady;
    },
    ensureConfigReady: ready,
    ensureAgentConfigReady: ready,
    checkJsApi: function () {
      return Promise.resolve({ errMsg: "checkJsApi:ok" });
    },
    getContext: call("getContext", world.call),
    getCurExternalContact: call("getCurExternalContact", world.call),
    sendChatMessage: call("sendChatMessage", world.call),
    shareAppMessage: call("shareAppMessage", world.deliver),
    updateAppMessageShareData: call("updateAppMessageShareData", world.call),
    closeWindow: function () {
      root.parent.postMessage({ siyuWorld: "closeWindow" }, "*");
    },
  };
})(window);
