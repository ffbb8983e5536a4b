import { expect, it } from "vitest";
import { labelOf } from "./labels.ts";

const lin = { id: 1, name: "林晓月", alias: "一号", userid: "lin1" };
const other = { id: 2, name: "林晓月", alias: "", userid: "lin2" };
const wang = { id: 3, name: "王强", alias: "强子", userid: "wang" };

it("tells accounts of the same name apart, and leaves others alone", () => {
  const all = [lin, other, wang];
  expect(all.map((one) => labelOf(one, all))).toEqual(["林晓月（一号）", "林晓月（lin2）", "王强"]);
});
