const TIME = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const DAY = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  month: "2-digit",
  day: "2-digit",
});
const EXACT = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

/** Unix seconds of the world's clock as 09:30. */
export function clock(at: number): string {
  return TIME.format(new Date(at * 1000));
}

/** With the day, for what is not of today: 11-24 09:30. */
export function dayClock(at: number): string {
  return `${DAY.format(new Date(at * 1000)).replace("/", "-")} ${clock(at)}`;
}

/** The clock with seconds: 09:30:05. */
export function exactClock(at: number): string {
  return EXACT.format(new Date(at * 1000));
}
