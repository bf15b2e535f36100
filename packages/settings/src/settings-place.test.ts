import { expect, test } from "bun:test";
import { join } from "node:path";
import { isAbsent, placeText, settingsPlace } from "./settings-place.ts";

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
