import { describe, expect, it } from "vitest";
import { prettyXml } from "./xml.ts";

describe("XML for people", () => {
  it("has one element per line", () => {
    const xml = "<xml><A><![CDATA[1 < 2]]></A><B>2</B><C><D>3</D><E/></C></xml>";
    expect(prettyXml(xml)).toBe(
      [
        "<xml>",
        "  <A><![CDATA[1 < 2]]></A>",
        "  <B>2</B>",
        "  <C>",
        "    <D>3</D>",
        "    <E/>",
        "  </C>",
        "</xml>",
      ].join("\n"),
    );
  });

  it("leaves what is no XML as it is", () => {
    expect(prettyXml("plain")).toBe("plain");
    expect(prettyXml("")).toBe("");
    expect(prettyXml("<a><b></a>")).toContain("<b>");
  });
});
