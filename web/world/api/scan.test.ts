import { describe, expect, it } from "vitest";
import { wayInto } from "./scan.ts";

const at = (path: string) => wayInto({ url: `http://world.siyu.localhost:8100${path}` }).name;

describe("a code", () => {
  it("leads where its address says", () => {
    expect(at("/q/abc")).toBe("intoContacts");
    expect(at("/u/linxiaoyue")).toBe("intoContacts");
    expect(at("/g/abc")).toBe("intoGroup");
    expect(at("/qr/group/abc.png")).toBe("intoGroup");
    expect(at("/kf/wk1?enc_scene=x")).toBe("intoService");
    expect(at("/o/key")).toBe("intoOfficial");
    expect(at("/ca/link?customer_channel=x")).toBe("byLink");
  });

  it("known by its id only is a contact way, unless it is said to lead into a group", () => {
    expect(wayInto({ config_id: "abc" }).name).toBe("intoContacts");
    expect(wayInto({ config_id: "abc", group: true }).name).toBe("intoGroup");
  });
});
