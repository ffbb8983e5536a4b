import type { LiveFact } from "@kit/realtime/events.ts";
import type { Reading, Today } from "../api/types.ts";

const MOST = 20;

function numberIn(fact: LiveFact, name: string): number {
  const value = fact.properties[name];
  return typeof value === "number" ? value : 0;
}

function opened(fact: LiveFact): Reading {
  return {
    visit_id: numberIn(fact, "visit_id"),
    customer_id: fact.customer_id ?? 0,
    customer_name: fact.customer_name ?? "",
    customer_avatar_url: fact.avatar_url ?? "",
    material_id: fact.material_id ?? 0,
    title: fact.material_title ?? "",
    viewed_at: fact.occurred_at,
    last_beat_at: null,
    ended: false,
    seconds: 0,
    depth: 0,
    forwarded: fact.properties.forwarded === true,
  };
}

/** Today with a fact that has just happened: a reading begins, or goes on. */
export function withFact(today: Today, fact: LiveFact): Today {
  const visit = numberIn(fact, "visit_id");
  if (fact.type === "material.viewed" && fact.customer_id !== null) {
    const others = today.readings.filter((reading) => reading.visit_id !== visit);
    return { ...today, readings: [opened(fact), ...others].slice(0, MOST) };
  }
  if (fact.type === "material.read") {
    return {
      ...today,
      readings: today.readings.map((reading) =>
        reading.visit_id === visit
          ? {
              ...reading,
              seconds: Math.max(reading.seconds, numberIn(fact, "seconds")),
              depth: Math.max(reading.depth, numberIn(fact, "depth")),
              last_beat_at: fact.occurred_at,
            }
          : reading,
      ),
    };
  }
  return today;
}

const READING_MS = 45_000;

/** Whether somebody is probably still reading at a moment. */
export function stillReading(reading: Reading, now: number): boolean {
  const last = Date.parse(reading.last_beat_at ?? reading.viewed_at);
  return !reading.ended && now - last < READING_MS;
}

const RARELY_MS = 60_000;
const SOON_MS = 1_000;

/** How long figures stand: while facts are still on their way into them, only a moment. */
export function pauseAfter(today: Today | undefined): number {
  return today?.numbers.as_of?.lag_seconds ? SOON_MS : RARELY_MS;
}
