import { setTimeZone } from "@kit/format/time.ts";
import { afterEach, describe, expect, it } from "vitest";
import { toLocal, toMoment } from "./moments.ts";

describe("moments on the tenant's clock", () => {
  afterEach(() => setTimeZone("Asia/Shanghai"));

  it("are the tenant's, wherever the browser is", () => {
    setTimeZone("Asia/Shanghai");
    expect(toMoment("2026-11-21T00:30")).toBe("2026-11-20T16:30:00.000Z");
    expect(toLocal("2026-11-20T16:30:00Z")).toBe("2026-11-21T00:30");
  });

  it("are right on both sides of a change of clocks", () => {
    setTimeZone("Europe/Berlin");
    for (const local of ["2026-03-29T01:59", "2026-03-29T03:00", "2026-10-25T04:00"]) {
      expect(toLocal(toMoment(local))).toBe(local);
    }
  });
});
