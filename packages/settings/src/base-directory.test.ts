import { expect, test } from "bun:test";
import { baseDirectory } from "./base-directory.ts";

test("a relative directory, an empty one and none are the usual place below the home", () => {
  const of = (env: Record<string, string>) =>
    baseDirectory(env, "XDG_STATE_HOME", ".local", "state");
  expect(of({ XDG_STATE_HOME: "/s", HOME: "/h" })).toBe("/s");
  expect(of({ XDG_STATE_HOME: "/s" })).toBe("/s");
  expect(of({ XDG_STATE_HOME: "s", HOME: "/h" })).toBe("/h/.local/state");
  expect(of({ XDG_STATE_HOME: "", HOME: "/h" })).toBe("/h/.local/state");
  expect(of({ HOME: "/h" })).toBe("/h/.local/state");
  expect(of({ HOME: "" })).toBeNull();
  expect(of({})).toBeNull();
});
