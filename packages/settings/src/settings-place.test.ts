import { expect, test } from "bun:test";
import { join } from "node:path";
import { baseDirectory, isAbsent, placeText, settingsPlace } from "./settings-place.ts";

const missing = join(import.meta.dir, "none.toml");

test("a file that was asked for wins over the usual one, the first over the others", () => {
  const place = settingsPlace(
    [
      ["--config", undefined],
      ["X_CONFIG", "/x.toml"],
    ],
    "/usual.toml",
  );
  expect(place).toEqual({ path: "/x.toml", asked: "X_CONFIG" });
  expect(settingsPlace([["--config", undefined]], "/usual.toml")?.asked).toBeNull();
  expect(settingsPlace([["--config", undefined]], null)).toBeNull();
});

test("the usual one may be missing, and is named by its path alone", () => {
  expect(isAbsent({ path: missing, asked: null })).toBe(true);
  expect(isAbsent({ path: missing, asked: "--config" })).toBe(false);
  expect(isAbsent({ path: import.meta.path, asked: null })).toBe(false);
  expect(placeText({ path: "/x.toml", asked: null })).toBe("/x.toml");
  expect(placeText({ path: "/x.toml", asked: "--config" })).toBe("--config /x.toml");
});

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
