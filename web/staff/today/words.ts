import { defineMessages } from "@kit/i18n/messages.ts";

export const todayWords = defineMessages({
  zh: {
    hello: (name: string) => `${name}，今天`,
    numbers: "我的今天",
    asOf: (time: string) => `${time}更新`,
    readings: "谁在看",
    noReadings: "还没有人看你发的内容。发一篇素材给客户，TA 打开的那一刻这里就会亮。",
    toMaterials: "去发素材",
    reading: "正在看",
    read: (seconds: string, depth: number) => `看了 ${seconds} · ${depth}%`,
    forwarded: "转发来的",
    friends: "今天新加的客户",
    noFriends: "今天还没有新客户。",
    greet: "先打招呼",
    again: "又回来了",
    send: "发素材",
  },
  en: {
    hello: (name: string) => `${name}, today`,
    numbers: "My day",
    asOf: (time: string) => `as of ${time}`,
    readings: "Who is reading",
    noReadings:
      "Nobody has read what you sent yet. Send an article; the moment it is opened you see it here.",
    toMaterials: "Send an article",
    reading: "reading now",
    read: (seconds: string, depth: number) => `read ${seconds} · ${depth}%`,
    forwarded: "forwarded",
    friends: "New customers today",
    noFriends: "No new customers yet today.",
    greet: "greet first",
    again: "came back",
    send: "Send",
  },
});
