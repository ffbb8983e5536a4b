import { describe, expect, it } from "vitest";
import { fieldPath } from "./useFormProblem.ts";

describe("fields named by the server", () => {
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
