import { describe, expect, it } from "vitest";
import { Problem, problemFrom, sentenceOf } from "./problem.ts";

describe("problems", () => {
  it("keeps the server's sentence, code and field errors", () => {
    const problem = problemFrom(422, {
      code: "live_code.no_staff",
      title: "请求有误",
      detail: "请至少选择一个企微账号。",
      errors: [{ field: "staff", message: "不能为空" }],
    });
    expect(problem.message).toBe("请至少选择一个企微账号。");
    expect(problem.code).toBe("live_code.no_staff");
    expect(problem.errors).toEqual([{ field: "staff", message: "不能为空" }]);
  });

  it("makes a sentence of anything else", () => {
    expect(problemFrom(502, "Bad gateway").message).toContain("502");
    expect(sentenceOf(new TypeError("x"))).toContain("无法理解");
    expect(sentenceOf(new Problem(0, "offline", "连不上"))).toBe("连不上");
  });
});
