import { describe, expect, it } from "vitest";
import { labelOf, ownUrl, whoOf } from "./stage.ts";

const HOSTS = ["siyu.localhost:8000", "world.siyu.localhost:8100"];

describe("who is who", () => {
  it("reads labels of people and staff and nothing else", () => {
    expect(whoOf("p-17")).toEqual({ kind: "p", id: 17 });
    expect(whoOf("s-linxiaoyue")).toEqual({ kind: "s", userid: "linxiaoyue" });
    for (const other of ["app", "system", "p-x", "s-"]) expect(whoOf(other)).toBeNull();
  });

  it("writes them the same way", () => {
    expect(labelOf({ kind: "p", id: 17 })).toBe("p-17");
    expect(labelOf({ kind: "s", userid: "LinXY" })).toBe("s-LinXY");
  });
});

describe("own hosts", () => {
  it("go before siyu's and the world's", () => {
    expect(ownUrl("http://siyu.localhost:8000/staff/", { kind: "s", userid: "LinXY" }, HOSTS)).toBe(
      "http://s-linxy.siyu.localhost:8000/staff/",
    );
    expect(ownUrl("http://world.siyu.localhost:8100/shop/A?t=x", { kind: "p", id: 3 }, HOSTS)).toBe(
      "http://p-3.world.siyu.localhost:8100/shop/A?t=x",
    );
  });

  it("replace somebody else's and leave strangers' alone", () => {
    expect(ownUrl("http://p-9.siyu.localhost:8000/a/x", { kind: "p", id: 3 }, HOSTS)).toBe(
      "http://p-3.siyu.localhost:8000/a/x",
    );
    expect(ownUrl("https://example.com/a", { kind: "p", id: 3 }, HOSTS)).toBe(
      "https://example.com/a",
    );
  });
});
