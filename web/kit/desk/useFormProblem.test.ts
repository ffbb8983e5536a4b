import { describe, expect, it } from "vitest";
import { besideField, fieldPath } from "./useFormProblem.ts";

describe("fields named by the server", () => {
  it("need no naming beside themselves", () => {
    expect(besideField({ field: "app_id", message: "app_id 至少 6 个字" })).toBe("至少 6 个字");
    expect(besideField({ field: "a.0.title", message: "title 太长" })).toBe("太长");
    expect(besideField({ field: "name", message: "已有同名渠道" })).toBe("已有同名渠道");
  });

  it("become the paths of the form, however they are written", () => {
    expect(fieldPath("name")).toEqual(["name"]);
    expect(fieldPath("welcome.attachments[0].title")).toEqual([
      "welcome",
      "attachments",
      0,
      "title",
    ]);
    expect(fieldPath("welcome.attachments.0.title")).toEqual([
      "welcome",
      "attachments",
      0,
      "title",
    ]);
  });
});
