import { describe, expect, it } from "vitest";
import { signInAddress } from "./address.ts";

describe("the way to sign in", () => {
  it("leads back to the page one was on", () => {
    expect(signInAddress("/customers/7", "?tab=trail")).toBe(
      "/staff/signin?next=%2Fstaff%2Fcustomers%2F7%3Ftab%3Dtrail%26in%3D",
    );
  });

  it("does not carry the reason of the last failure along", () => {
    expect(signInAddress("/", "?signin=expired")).toBe("/staff/signin?next=%2Fstaff%2F%3Fin%3D");
  });
});
