import type { Language } from "@kit/i18n/language.ts";
import type { LogEntry } from "../api/types.ts";

type Said = [zh: string, en: string];

/** What each call means, in one plain phrase; by the last part of its path. */
const CALLS: Record<string, Said> = {
  gettoken: ["取得应用凭证", "get the app's access token"],
  token: ["取得公众号凭证", "get the official account's token"],
  get_jsapi_ticket: ["取得网页签名票据", "get the page ticket"],
  getticket: ["取得网页签名票据", "get the page ticket"],
  "ticket/get": ["取得应用签名票据", "get the app ticket"],
  add_contact_way: ["创建活码", "create a live code"],
  update_contact_way: ["修改活码", "change a live code"],
  get_contact_way: ["查看活码", "look at a live code"],
  list_contact_way: ["列出活码", "list live codes"],
  del_contact_way: ["删除活码", "delete a live code"],
  send_welcome_msg: ["发送欢迎语", "send the welcome"],
  "externalcontact/get": ["读取客户详情", "read a customer"],
  "externalcontact/list": ["列出客户", "list customers"],
  get_by_user: ["批量读取客户", "read customers in bulk"],
  remark: ["修改客户备注", "change a remark"],
  mark_tag: ["给客户打标签", "tag a customer"],
  get_corp_tag_list: ["读取企业标签", "read corp tags"],
  add_corp_tag: ["新建企业标签", "make a corp tag"],
  get_follow_user_list: ["列出可服务客户的员工", "list staff who serve customers"],
  "department/list": ["读取部门", "read departments"],
  simplelist: ["读取名单", "read a list"],
  "user/list": ["读取员工", "read staff"],
  list_id: ["列出员工账号", "list staff accounts"],
  "user/get": ["读取员工", "read a staff account"],
  "agent/get": ["查看应用与可见范围", "look at the app"],
  "media/upload": ["上传临时素材", "upload a medium"],
  uploadimg: ["上传图片", "upload a picture"],
  "message/send": ["给员工发应用消息", "send an app message to staff"],
  add_msg_template: ["创建群发", "make a mass message"],
  get_groupmsg_list_v2: ["列出群发", "list mass messages"],
  get_groupmsg_task: ["查看群发任务", "look at mass tasks"],
  get_groupmsg_send_result: ["查看群发结果", "look at mass results"],
  remind_groupmsg_send: ["提醒员工群发", "remind staff to send"],
  cancel_groupmsg_send: ["停止群发", "stop a mass message"],
  add_moment_task: ["创建朋友圈任务", "make a Moment"],
  get_moment_task_result: ["查看朋友圈任务", "look at a Moment's job"],
  get_moment_task: ["查看谁发了朋友圈", "who published a Moment"],
  get_moment_list: ["列出朋友圈", "list Moments"],
  get_moment_comments: ["读取朋友圈互动", "read a Moment's reactions"],
  cancel_moment_task: ["停止朋友圈任务", "stop a Moment"],
  "groupchat/list": ["列出客户群", "list customer groups"],
  "groupchat/get": ["读取客户群", "read a customer group"],
  "groupchat/transfer": ["分配离职员工的群", "hand a group over"],
  add_join_way: ["创建进群码", "make a code into groups"],
  get_join_way: ["查看进群码", "look at a code into groups"],
  create_link: ["创建获客链接", "make an acquisition link"],
  "qrcode/create": ["创建公众号的码", "make a code of the official account"],
  showqrcode: ["取码的图片", "get a code's picture"],
  "kf/sync_msg": ["读取客服消息", "read service messages"],
  "kf/send_msg": ["发客服消息", "send a service message"],
  send_msg_on_event: ["事件响应消息", "answer an event"],
  "service_state/trans": ["变更客服会话", "move a service session"],
  transfer_customer: ["分配客户", "hand customers over"],
  transfer_result: ["查看客户接替", "look at a hand-over"],
  get_unassigned_list: ["列出待分配客户", "list unassigned customers"],
  getuserinfo: ["用授权码换员工身份", "who is this staff member?"],
  getuserdetail: ["读取员工资料", "read a staff member's details"],
  access_token: ["用授权码换微信身份", "who is this WeChat user?"],
  userinfo: ["读取微信用户资料", "read a WeChat profile"],
  unionid_to_external_userid: ["用 unionid 找客户", "find a customer by unionid"],
  convert_to_openid: ["换取 openid", "convert to openid"],
  getCurExternalContact: ["问：现在和谁聊天？", "whose chat is open?"],
  getContext: ["问：从哪里打开的？", "where was it opened?"],
  sendChatMessage: ["发到聊天里", "send into the chat"],
  shareAppMessage: ["转发给客户", "share with a customer"],
  updateAppMessageShareData: ["设置分享卡片", "set the share card"],
  updateTimelineShareData: ["设置朋友圈卡片", "set the Moments card"],
  config: ["校验网页签名", "check the page's signature"],
  agentConfig: ["校验应用签名", "check the app's signature"],
};

const CHANGES: Record<string, Said> = {
  add_external_contact: ["有新客户", "a new customer"],
  add_half_external_contact: ["有客户单向添加", "a half-added customer"],
  edit_external_contact: ["客户资料有变", "a customer was edited"],
  del_external_contact: ["员工删除了客户", "staff deleted a customer"],
  del_follow_user: ["客户删除了员工", "a customer deleted staff"],
  transfer_fail: ["客户接替失败", "a hand-over failed"],
  dismiss: ["客户群解散", "a group was dismissed"],
  create: ["标签新建", "a tag was made"],
  update: ["标签或通讯录有变", "a tag or the directory changed"],
  delete: ["标签删除", "a tag was deleted"],
};

const KINDS: Record<LogEntry["kind"], Said> = {
  api: ["调用接口", "calls an interface"],
  callback: ["推送事件", "pushes an event"],
  verify: ["校验地址", "verifies an address"],
  oauth: ["网页授权", "authorizes on a page"],
  js: ["网页脚本接口", "page script interface"],
  page: ["打开页面", "opens a page"],
  order: ["上报订单", "reports an order"],
  beat: ["上报阅读", "reports reading"],
  fault: ["安排的故障", "a planned fault"],
};

function pathOf(entry: LogEntry): string {
  const path = entry.path.split("?")[0] ?? "";
  return path.replace(/^https?:\/\/[^/]+/, "");
}

function callOf(entry: LogEntry): Said | undefined {
  const parts = pathOf(entry).split("/").filter(Boolean);
  const last = parts.at(-1) ?? "";
  return CALLS[parts.slice(-2).join("/")] ?? CALLS[last];
}

const GROUP_CHANGES: Record<string, Said> = {
  create: ["客户群新建", "a customer group was begun"],
  update: ["客户群有变", "a customer group changed"],
};

const EVENTS: Record<string, Said> = {
  kf_msg_or_event: ["客服有新消息", "news in customer service"],
  subscribe: ["关注公众号", "the official account was followed"],
  unsubscribe: ["取消关注公众号", "the official account was left"],
};

function changeOf(entry: LogEntry): Said | undefined {
  const found = /<ChangeType>(?:<!\[CDATA\[)?(\w+)/.exec(entry.request);
  const change = found?.[1];
  if (!change) {
    const event = /<Event>(?:<!\[CDATA\[)?(\w+)/.exec(entry.request)?.[1] ?? "";
    return EVENTS[event];
  }
  const ofGroup = entry.request.includes("change_external_chat");
  return (ofGroup ? GROUP_CHANGES[change] : undefined) ?? CHANGES[change];
}

/** What an exchange means, for someone who does not know the interface. */
export function meaningOf(entry: LogEntry, language: Language): string {
  const said =
    (entry.kind === "callback" ? changeOf(entry) : undefined) ??
    (entry.kind === "api" || entry.kind === "js" ? callOf(entry) : undefined) ??
    KINDS[entry.kind];
  return said[language === "zh" ? 0 : 1];
}

/** Where it went, short enough for one line: the path without its query. */
export function shortPath(entry: LogEntry): string {
  return entry.kind === "js" ? `ww.${entry.path}()` : pathOf(entry) || "/";
}

/** Whether the other side refused or failed. */
export function wentWrong(entry: LogEntry): boolean {
  if (entry.kind === "fault") return true;
  if (entry.status === null || entry.status >= 400) return true;
  return entry.errcode !== null && entry.errcode !== 0;
}

const PARTIES: Record<string, Said> = {
  siyu: ["siyu", "siyu"],
  wecom: ["企业微信", "WeCom"],
  wechat: ["微信", "WeChat"],
  shop: ["商城", "shop"],
  browser: ["浏览器", "browser"],
};

/** A party of an exchange: app:1000002 → siyu, p-17 → 17号的手机. */
export function partyOf(label: string, language: Language): string {
  const zh = language === "zh";
  if (label.startsWith("app:")) return "siyu";
  const [, kind, key] = /^([ps])-([^.]+)/.exec(label) ?? [];
  if (label.includes(".localhost") || label.includes(":")) return "siyu";
  if (kind === "p") return zh ? `${key} 号的手机` : `phone of ${key}`;
  if (kind === "s") return zh ? `员工 ${key}` : `staff ${key}`;
  return PARTIES[label]?.[zh ? 0 : 1] ?? label;
}
