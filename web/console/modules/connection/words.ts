import { defineMessages } from "@kit/i18n/messages.ts";

export const connectionWords = defineMessages({
  zh: {
    title: "企业微信连接",
    note: "按顺序完成下面几步。每一步 siyu 都会真正验证，不只是保存。",
    steps: {} as Record<string, string>,
    details: {} as Record<string, Partial<Record<string, string>>>,
    setup: "连接步骤",
    diagnosis: "诊断",
    callbacks: "回调",
    states: { todo: "待完成", done: "已完成", failed: "有问题" },
    save: "保存并验证",
    change: "修改",
    cancel: "取消",
    needed: "不能为空",

    where: "在哪里找",
    credentialsWhere:
      "企业微信管理后台：企业 ID 在“我的企业”最下方；AgentId 与 Secret 在“应用管理 → 自建 → 您的应用”。",
    corpId: "企业 ID",
    agentId: "AgentId",
    secret: "Secret",
    secretKept: "已加密保存，不会再显示",

    callbackWhere:
      "把下面三项填到“应用管理 → 您的应用 → 接收消息 → 设置 API 接收”，以及“客户联系 → API → 接收事件服务器”，保存时企业微信会立即验证。",
    makeKeys: "生成回调地址与密钥",
    remakeKeys: "重新生成",
    remakeTitle: "重新生成回调密钥？",
    remakeText:
      "旧的 Token 与 EncodingAESKey 会立即失效，需要在企业微信里重新填写，否则收不到事件。",
    keysOnce: "请现在复制：Token 与 EncodingAESKey 只显示这一次。",
    keysKept: "密钥已加密保存，不会再显示；忘记时请重新生成。",
    url: "URL",
    token: "Token",
    aesKey: "EncodingAESKey",
    lastCallback: "最近收到回调",

    domainWhere:
      "在“应用管理 → 您的应用 → 网页授权及 JS-SDK → 申请校验域名”下载校验文件，把文件名与内容填在这里，siyu 会在域名根目录提供它，然后回企业微信点“完成校验”。",
    domain: "可信域名",
    fileName: "校验文件名",
    fileNameRule: "形如 WW_verify_xxxxxxxx.txt",
    fileContent: "文件内容",
    chooseFile: "选择下载好的校验文件",
    homeAddress: "应用主页",
    suite: "服务商套件的指令回调（可选，未经真实验证）",
    suiteNote:
      "第三方应用与代开发应用的服务商在“服务商后台 → 应用 → 指令回调”填写这里的 URL、Token 与 EncodingAESKey。siyu 会验证地址、接收 suite_ticket 与授权事件并列在「回调」里（凭证打码），目前不据此做任何处理。重新生成后旧密钥立即失效。",
    remakeSuiteTitle: "重新生成套件的回调密钥？",
    remakeSuiteText:
      "现在的 Token 与 EncodingAESKey 立即失效：在服务商后台填入新的并通过验证之前，suite_ticket 与授权事件都收不到，也不会补发。",
    suiteId: "SuiteID",
    suiteIdRule: "4 到 64 位字母、数字、下划线或短横线",
    suiteVerified: "地址通过验证",
    sidebarAddress: "聊天工具栏页面",

    syncNote: "读取部门、员工、企微账号和已有客户。在企业微信的频率限制内进行，可以离开这个页面。",
    sync: "开始同步",
    resync: "重新同步",

    accountWhere:
      "公众号与企业微信绑定到同一个开放平台账号后，文章的阅读才能对应到客户。AppID 与 AppSecret 在“设置与开发 → 开发接口管理”。",
    pushNote:
      "粉丝发给公众号的文字可以用来发现敏感词和打标签：siyu 只看有没有您设置的词，不保存内容（可选）。",
    pushWhere:
      "把下面三项填到“设置与开发 → 开发接口管理 → 消息推送”，消息加解密方式选“安全模式”；提交时微信会立即验证。启用后，公众号后台的自动回复与自定义菜单不再由微信处理。",
    appId: "AppID",
    appSecret: "AppSecret",

    unconnected: "还没有可以诊断的",
    unconnectedText: "先在「连接步骤」里填写应用凭证，再回到这里逐项检查权限。",
    probe: "重新诊断",
    probing: "正在逐项检查权限…",
    probeNote: "用不会改变任何内容的调用逐项检查权限。",
    granted: "正常",
    missing: "缺失",
    unknown: "未知",
    fix: "怎么修复",
    item: "检查项",
    result: "结果",
  },
  en: {
    title: "WeCom connection",
    note: "Finish these steps in order. siyu proves each of them instead of only storing it.",
    steps: {
      credentials: "App credentials",
      callback: "Events",
      domain: "Trusted domain",
      directory: "Sync of the directory",
      customers: "Sync of customers",
      official_account: "Official account",
    } as Record<string, string>,
    details: {
      credentials: {
        todo: "Enter corp id, AgentId and Secret",
        done: "The credentials work: WeCom can be called",
      },
      callback: {
        todo: "Make the address and keys, and enter them in WeCom",
        done: "WeCom has verified the address",
      },
      domain: {
        todo: "Enter the trusted domain and its verification file",
        done: "WeCom has fetched the verification file",
      },
      directory: {
        todo: "Read departments and staff accounts",
        done: "Departments and staff accounts are here",
      },
      customers: {
        todo: "Read existing customers and corp tags",
        done: "Existing customers and tags are here",
      },
      official_account: {
        todo: "Connect it to know who reads your articles",
        done: "Readers can be recognised",
      },
    } as Record<string, Partial<Record<string, string>>>,
    setup: "Steps",
    diagnosis: "Diagnosis",
    callbacks: "Callbacks",
    states: { todo: "To do", done: "Done", failed: "Problem" },
    save: "Save and prove",
    change: "Change",
    cancel: "Cancel",
    needed: "Cannot be empty",

    where: "Where to find it",
    credentialsWhere:
      "In WeCom's admin console: the corp id is at the bottom of “My enterprise”; AgentId and Secret are in “Apps → Self-built → your app”.",
    corpId: "Corp ID",
    agentId: "AgentId",
    secret: "Secret",
    secretKept: "Stored encrypted, never shown again",

    callbackWhere:
      "Enter these three in “Apps → your app → Receive messages → API” and in “Customer contact → API → event server”. WeCom verifies them when you save.",
    makeKeys: "Make address and keys",
    remakeKeys: "Make new ones",
    remakeTitle: "Make new callback keys?",
    remakeText:
      "The old ones die at once; no events arrive until the new ones are entered in WeCom.",
    keysOnce: "Copy them now: token and AES key are shown this once.",
    keysKept: "The keys are stored encrypted and not shown again; make new ones if lost.",
    url: "URL",
    token: "Token",
    aesKey: "EncodingAESKey",
    lastCallback: "Last callback",

    domainWhere:
      "Download the verification file at “Apps → your app → Web authorisation and JS-SDK → verify domain”, enter its name and content here, and siyu serves it at the root. Then press “verify” in WeCom.",
    domain: "Trusted domain",
    fileName: "File name",
    fileNameRule: "Like WW_verify_xxxxxxxx.txt",
    fileContent: "Content",
    chooseFile: "Choose the downloaded file",
    homeAddress: "App home page",
    suite: "Instructions to a provider's suite (optional, unproven)",
    suiteNote:
      "Providers of third-party and provider-built apps enter this URL, Token and EncodingAESKey under instruction callbacks. siyu verifies the address, takes suite tickets and authorisations and lists them under callbacks (secrets blacked out), and acts on none of them yet. New keys replace the old ones at once.",
    remakeSuiteTitle: "Make new keys for the suite?",
    remakeSuiteText:
      "The present Token and EncodingAESKey stop working at once: until the new ones are entered and verified at the provider's console, suite tickets and authorisations are refused, and do not come again.",
    suiteId: "SuiteID",
    suiteIdRule: "4 to 64 letters, digits, underscores or dashes",
    suiteVerified: "Address verified",
    sidebarAddress: "Chat sidebar page",

    syncNote:
      "Reads departments, staff, accounts and existing customers within WeCom's quotas. You may leave this page.",
    sync: "Start",
    resync: "Sync again",

    accountWhere:
      "Bind the official account and WeCom to one Open Platform account, so that readings belong to customers. AppID and AppSecret are in “Settings and development → interfaces”.",
    pushNote:
      "What followers write to the official account can show sensitive words and set off tags: siyu only looks for your words and keeps no content (optional).",
    pushWhere:
      "Enter these three in “Settings and development → interfaces → message push”, in the encrypted mode. WeChat verifies them when you submit. From then on WeChat's own automatic replies and menu no longer work.",
    appId: "AppID",
    appSecret: "AppSecret",

    unconnected: "Nothing to probe yet",
    unconnectedText: "Enter the app's credentials under “Steps”, then probe each permission here.",
    probe: "Probe again",
    probing: "Probing each permission…",
    probeNote: "Each permission is probed by a call that cannot change anything.",
    granted: "Fine",
    missing: "Missing",
    unknown: "Unknown",
    fix: "How to fix it",
    item: "Probe",
    result: "Result",
  },
});
