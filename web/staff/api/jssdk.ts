import { readJssdk } from "./client.ts";
import type { Share } from "./types.ts";

type Signature = { timestamp: number; nonceStr: string; signature: string };
type Answer = { errMsg: string; [key: string]: unknown };
type Call = (options?: Record<string, unknown>) => Promise<Answer>;

/** The part of WeCom's script that this app uses. */
type Script = {
  register: (options: {
    corpId: string;
    agentId: number;
    jsApiList: string[];
    getConfigSignature: (url: string) => Promise<Signature>;
    getAgentConfigSignature: (url: string) => Promise<Signature>;
    onConfigFail: (answer: unknown) => void;
    onAgentConfigFail: (answer: unknown) => void;
    onAgentConfigSuccess: () => void;
  }) => unknown;
  getContext: Call;
  getCurExternalContact: Call;
  sendChatMessage: Call;
  shareAppMessage: Call;
};

declare global {
  interface Window {
    ww?: Script;
  }
}

const APIS = ["getContext", "getCurExternalContact", "sendChatMessage", "shareAppMessage"];
const PATIENCE_MS = 8000;

function load(url: string): Promise<Script> {
  return new Promise((resolve, reject) => {
    if (window.ww) {
      resolve(window.ww);
      return;
    }
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => (window.ww ? resolve(window.ww) : reject(new Error("no ww")));
    script.onerror = () => reject(new Error("script"));
    document.head.append(script);
  });
}

function bare({ timestamp, nonceStr, signature }: Signature): Signature {
  return { timestamp, nonceStr, signature };
}

/** Ready once WeCom has accepted the page's signature; rejects outside of WeCom. */
async function connect(): Promise<Script> {
  const here = location.href.split("#")[0] ?? location.href;
  const config = await readJssdk(here);
  const script = await load(config.jssdk_url);
  const signed = (url: string) => (url === here ? Promise.resolve(config) : readJssdk(url));
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("timeout")), PATIENCE_MS);
    const fail = (answer: unknown) => {
      clearTimeout(timer);
      reject(new Error(JSON.stringify(answer)));
    };
    script.register({
      corpId: config.agent.appId,
      agentId: config.agent.agentId ?? 0,
      jsApiList: APIS,
      getConfigSignature: async (url) => bare((await signed(url)).corp),
      getAgentConfigSignature: async (url) => bare((await signed(url)).agent),
      onConfigFail: fail,
      onAgentConfigFail: fail,
      onAgentConfigSuccess: () => {
        clearTimeout(timer);
        resolve();
      },
    });
  });
  return script;
}

let connecting: Promise<Script> | null = null;

/** WeCom's script, connected once per page; a failure may be tried again. */
function wecom(): Promise<Script> {
  connecting ??= connect().catch((failure: unknown) => {
    connecting = null;
    throw failure;
  });
  return connecting;
}

const BESIDE_CHAT = ["single_chat_tools", "group_chat_tools", "chat_attachment"];

/** The external user id of the chat beside which the page stands, null elsewhere; rejects where
 * WeCom's script does not connect. */
export async function askWhoseChat(): Promise<string | null> {
  const script = await wecom();
  try {
    const { entry } = await script.getContext();
    if (!BESIDE_CHAT.includes(String(entry))) return null;
    const { userId } = await script.getCurExternalContact();
    return typeof userId === "string" && userId ? userId : null;
  } catch {
    return null; // A chat of a group or of colleagues has no customer.
  }
}

/** The same for pages that also do without: null outside of WeCom too. */
export const customerOfChat = (): Promise<string | null> => askWhoseChat().catch(() => null);

export type Sent = "sent" | "cancelled" | "unable";

function outcomeOf(failure: unknown): Sent {
  return failure instanceof Error && failure.message.includes("cancel") ? "cancelled" : "unable";
}

/** Sends a shared link: into the chat at hand, or to whom the staff member picks in WeCom. */
export async function sendShare(share: Share, intoChat: boolean): Promise<Sent> {
  const card = {
    title: share.title,
    desc: share.description,
    link: share.url,
    imgUrl: share.cover_url ?? "",
  };
  try {
    const script = await wecom();
    if (intoChat) await script.sendChatMessage({ msgtype: "news", news: card });
    else await script.shareAppMessage(card);
    return "sent";
  } catch (failure) {
    return outcomeOf(failure);
  }
}
