import type { Customer } from "@kit/api/types.ts";

export type Readings = { times: number; last_at: string | null };

const NONE: Readings = { times: 0, last_at: null };

export type GroupOf = {
  id: number;
  name: string;
  owner: string | null;
  scene: "invited" | "link" | "code" | "unknown";
  joined_at: string;
  left_at: string | null;
};

export type Topic = { topic: string; times: number };

/** What a customer reads most, as the panel of that name tells it. */
export function preferenceOf({ panels }: Customer): Topic[] {
  return Array.isArray(panels.preference) ? panels.preference : [];
}

/** The groups a customer is or was in, as the panel of that name tells it. */
export function groupsOf({ panels }: Customer): GroupOf[] {
  return Array.isArray(panels.groups) ? panels.groups : [];
}

/** How often a customer read something, as the panel of that name tells it. */
export function readingsOf({ panels }: Customer): Readings {
  const found = panels.readings;
  return typeof found === "object" && found !== null ? { ...NONE, ...found } : NONE;
}
