import { describe, expect, it } from "vitest";
import { begin, redo, step, undo } from "./history.ts";

describe("what was edited", () => {
  it("can be undone and done again", () => {
    const history = step(step(begin("a"), "b"), "c");
    const before = undo(history);
    expect(before.now).toBe("b");
    expect(undo(undo(before)).now).toBe("a");
    expect(redo(before).now).toBe("c");
  });

  it("forgets what was undone once something else is done", () => {
    const history = step(undo(step(begin("a"), "b")), "c");
    expect(redo(history).now).toBe("c");
    expect(undo(history).now).toBe("a");
  });

  it("undoes what was typed into one field at once", () => {
    let history = step(begin(""), "other");
    for (const text of ["t", "ty", "typ"]) history = step(history, text, "name");
    expect(undo(history).now).toBe("other");
    expect(redo(undo(history)).now).toBe("typ");
  });

  it("begins a new step after going back", () => {
    const back = undo(step(step(begin(0), 1, "x"), 2, "x"));
    expect(undo(step(back, 3, "x")).now).toBe(0);
  });

  it("takes the same state as no step", () => {
    const history = begin("a");
    expect(step(history, "a")).toBe(history);
  });
});
