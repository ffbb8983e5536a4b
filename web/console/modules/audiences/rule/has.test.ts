import type { Has } from "@kit/api/types.ts";
import { setTimeZone } from "@kit/format/time.ts";
import { beforeEach, describe, expect, it } from "vitest";
import { hasInWords } from "./has.ts";
import type { Rule } from "./language.ts";
import type { Names } from "./names.ts";

const NAMES: Names = {
  attribute: (name) => ({
    name,
    title: name,
    kind: "choice",
    optional: true,
    choices: [{ value: "female", name: "Female" }],
  }),
  field: (id) => ({ id, name: "VIP", kind: id === 1 ? "flag" : "number", options: [] }),
  act: () => undefined,
  thing: () => undefined,
  tagGroup: () => undefined,
};
const GENDER: Rule = { kind: "attribute", name: "gender", op: "in", values: ["female"] };
const FLAG: Rule = { kind: "field", field_id: 1, op: "eq", number: 1 };
const FIGURE: Rule = { kind: "field", field_id: 2, op: "eq", number: 1 };
const RFM: Rule = { kind: "rfm", recency: [5] };

function both(has: Has, asked: Rule = GENDER): [string, string] {
  return [hasInWords(has, asked, NAMES, "zh"), hasInWords(has, asked, NAMES, "en")];
}

describe("what a person has, in the language on screen", () => {
  beforeEach(() => setTimeZone("Asia/Shanghai"));

  it("follows the screen in every kind", () => {
    expect(both({ kind: "nothing" })).toEqual(["没有", "none"]);
    expect(both({ kind: "nothing" }, RFM)).toEqual(["没有购买过", "never bought"]);
    expect(both({ kind: "secret" })).toEqual(["无权查看", "not for you to see"]);
    expect(both({ kind: "inside" })).toEqual(["在", "is in it"]);
    expect(both({ kind: "outside" })).toEqual(["不在", "is not in it"]);
    expect(both({ kind: "texts", texts: ["小雨", "雨"] })).toEqual([
      "「小雨」、「雨」",
      "“小雨”, “雨”",
    ]);
    expect(both({ kind: "names", texts: ["奶粉"] })).toEqual(["奶粉", "奶粉"]);
    expect(both({ kind: "values", texts: ["female"] })).toEqual(["Female", "Female"]);
    expect(both({ kind: "number", numbers: [1200] }, FIGURE)).toEqual(["1,200", "1,200"]);
    expect(both({ kind: "number", numbers: [1] }, FLAG)).toEqual(["是", "yes"]);
    expect(both({ kind: "money", numbers: [12345] })).toEqual(["¥123.45", "¥123.45"]);
    expect(both({ kind: "flag", numbers: [0] })).toEqual(["否", "no"]);
    expect(both({ kind: "day", day: "2026-05-04" })).toEqual(["2026-05-04", "2026-05-04"]);
    expect(both({ kind: "times", numbers: [3] })).toEqual(["3 次", "3 times"]);
    expect(both({ kind: "scores", numbers: [5, 4, 3] }, RFM)).toEqual(["R5 F4 M3", "R5 F4 M3"]);
    expect(both({ kind: "friends", texts: ["林晓月"], states: ["lost"] })).toEqual([
      "林晓月（已流失）",
      "林晓月 (lost)",
    ]);
    for (const said of both({ kind: "moment", at: "2026-05-04T04:00:00Z" })) {
      expect(said).toContain("12:00");
    }
  });
});
