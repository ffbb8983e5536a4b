import { expect, it } from "vitest";
import { titleIn } from "./title.ts";

it("says in English what a job does, and to what", () => {
  const job = { kind: "audiences.build", title: "构建人群「买过的人」" };
  expect(titleIn("en", job)).toBe("Build an audience: 买过的人");
  expect(titleIn("zh", job)).toBe("构建人群「买过的人」");
  expect(titleIn("en", { kind: "people.export", title: "导出客户" })).toBe("Export customers");
  expect(titleIn("en", { kind: "brand.new", title: "新的任务" })).toBe("新的任务");
  expect(titleIn("zh", { kind: "brand.new", title: "" })).toBe("brand.new");
});
