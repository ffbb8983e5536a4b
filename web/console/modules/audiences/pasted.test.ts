import { describe, expect, it } from "vitest";
import { decoded, firstColumn, linesOf, outcomeOf, toSend } from "./pasted.ts";

function bytes(...values: number[]): ArrayBuffer {
  return new Uint8Array(values).buffer;
}

describe("the lines that are sent", () => {
  it("keep the numbers they have on screen", () => {
    expect(linesOf("13900000000\r\n\n  wm1 \r#3\n")).toEqual([
      { line: 1, text: "13900000000" },
      { line: 3, text: "wm1" },
      { line: 4, text: "#3" },
    ]);
    expect(linesOf(" \n\n")).toEqual([]);
  });

  it("leave out what is too long for any id", () => {
    const lines = linesOf(`${"x".repeat(201)}\n${"y".repeat(200)}`);
    expect(toSend(lines).map((each) => each.line)).toEqual([2]);
  });

  it("are told of as they were pasted", () => {
    const lines = linesOf(`手机号\n\n13900000000\n${"x".repeat(300)}\nwm-two\nwm-nobody`);
    const answer = {
      added: 1,
      known: 2,
      size: 3,
      missing: [{ line: 1 }, { line: 4 }],
      ambiguous: [{ line: 3 }],
    };
    const told = outcomeOf(lines, answer);
    expect(told.missing.map((each) => [each.line, each.text.slice(0, 9)])).toEqual([
      [1, "手机号"],
      [4, "xxxxxxxxx"],
      [6, "wm-nobody"],
    ]);
    expect(told.ambiguous).toEqual([{ line: 5, text: "wm-two" }]);
    expect([told.added, told.known]).toEqual([1, 2]);
  });
});

describe("a file", () => {
  it("is read as UTF-8, with or without its mark", () => {
    expect(decoded(new TextEncoder().encode("会员").buffer)).toBe("会员");
    expect(decoded(bytes(0xef, 0xbb, 0xbf, 0x61))).toBe("a");
  });

  it("is read as GBK where it is no UTF-8", () => {
    expect(decoded(bytes(0xca, 0xd6, 0xbb, 0xfa, 0xba, 0xc5, 0x0a, 0x31))).toBe("手机号\n1");
  });

  it("is read as a spreadsheet's Unicode text", () => {
    expect(decoded(bytes(0xff, 0xfe, 0x1a, 0x4f, 0x09, 0x00, 0x31, 0x00))).toBe("会\t1");
  });

  it("that is no text is refused", () => {
    expect(() => decoded(bytes(0x50, 0x4b, 0x03, 0x04, 0xff, 0xff, 0x00))).toThrow();
    expect(() => decoded(bytes(0x61, 0x00, 0x62))).toThrow();
  });
});

describe("the first column", () => {
  it.each([
    ["a column alone", "1\n2\r\n3\r4", ["1", "2", "3", "4"]],
    ["commas, semicolons and tabs", "1,a\n2;b\n3\tc", ["1", "2", "3"]],
    ["quoted cells", '"a ""b"", c",x\n"2"', ['a "b", c', "2"]],
    ["line ends within a cell", '"a\r\nb",1\n2', ["a b", "2"]],
    ["line ends within another cell", '1,"x\ny"\n2', ["1", "2"]],
    ["quotes within a cell", 'a"b,c\n2,d"e\n3', ['a"b', "2", "3"]],
    ["numbers kept as texts", '="0139",x\n"=""0140""",y', ["0139", "0140"]],
    ["empty cells, save the last", ",a\n\n1\n\n", ["", "", "1"]],
    ["spaces of phone numbers", "139 0000 0000,a", ["139 0000 0000"]],
    ["nothing", "", []],
  ])("is read from %s", (_, text, cells) => {
    expect(firstColumn(text)).toEqual(cells);
  });
});
