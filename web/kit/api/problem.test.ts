import { describe, expect, it, vi } from "vitest";
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

  it("says in English what the server says in Chinese, also of fields", () => {
    vi.stubGlobal("localStorage", { getItem: () => "en" });
    const refused = problemFrom(400, {
      code: "input_invalid",
      detail: "请检查：name",
      errors: [{ field: "name", code: "channel_name_taken", message: "已有同名渠道" }],
    });
    expect(refused.message).toMatch(/Something in the input/);
    expect(refused.errors[0]?.message).toMatch(/this name already/);
    expect(problemFrom(409, { code: "brand_new", detail: "新问题" }).message).toBe("新问题");
    vi.unstubAllGlobals();
  });

  it("makes a sentence of anything else", () => {
    expect(problemFrom(502, "Bad gateway").message).toContain("502");
    expect(sentenceOf(new TypeError("x"))).toContain("无法理解");
    expect(sentenceOf(new Problem(0, "offline", "连不上"))).toBe("连不上");
  });
});
