// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from "vitest";
import { type AudienceDraft, readDraft, writeDraft } from "./draft.ts";

const DRAFT: AudienceDraft = {
  name: "新客",
  description: "",
  dynamic: true,
  rule: { kind: "all", items: [{ kind: "tags", tag_ids: [1] }] },
  version: 3,
};

describe("an unsaved audience", () => {
  afterEach(() => localStorage.clear());

  it("is there again, each audience having its own", () => {
    writeDraft("new", DRAFT);
    writeDraft(7, { ...DRAFT, name: "七" });
    expect(readDraft("new")).toEqual(DRAFT);
    expect(readDraft(7)?.name).toBe("七");
    writeDraft(7, null);
    expect(readDraft(7)).toBeNull();
  });

  it("is forgotten when it is of no shape that a rule has", () => {
    for (const rule of [null, 1, {}, { kind: "some", items: [] }, { kind: "all", items: [{}] }]) {
      localStorage.setItem("siyu.draft.audience.new", JSON.stringify({ name: "x", rule }));
      expect(readDraft("new")).toBeNull();
    }
    localStorage.setItem("siyu.draft.audience.new", "{broken");
    expect(readDraft("new")).toBeNull();
  });
});
