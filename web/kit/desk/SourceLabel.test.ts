import { describe, expect, it } from "vitest";
import { labelOf } from "./SourceLabel.tsx";

describe("the word for a missing figure", () => {
  it("is the one with which its reason begins", () => {
    expect(labelOf("未接入：请在「订单」中创建订单来源", "zh")).toBe("未接入");
    expect(labelOf("不可得：早于接入企业微信的时间", "en")).toBe("Not available");
    expect(labelOf("Not connected: no orders yet", "en")).toBe("Not connected");
    expect(labelOf("未录入：请在「渠道」中录入曝光数", "zh")).toBe("未录入");
  });

  it("says that there is none yet for everything else", () => {
    expect(labelOf("所选时间内没有触达客户，无法计算转化", "zh")).toBe("暂无");
    expect(labelOf("", "en")).toBe("None yet");
  });
});
