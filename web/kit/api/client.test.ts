import { expect, it } from "vitest";
import { worthRetrying } from "./client.ts";
import { offline, Problem } from "./problem.ts";

const refusal = (status: number, code: string) => new Problem(status, code, "");

it.each([
  ["no network", offline(), true],
  ["a broken server", refusal(500, "internal_error"), true],
  ["an engine that starts", refusal(503, "analytics_unavailable"), true],
  ["an engine that was waited for", refusal(503, "analytics_silent"), false],
  ["a refusal", refusal(403, "permission_missing"), false],
  ["an answer that cannot be read", new SyntaxError(), true],
])("asks again, or not, after %s", (_, failure, again) => {
  expect(worthRetrying(0, failure)).toBe(again);
  expect(worthRetrying(2, failure)).toBe(false);
});
