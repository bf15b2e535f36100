// What arrives below while one reads further up is to be noticed.

import { expect, test } from "bun:test";
import { frameRows } from "../../../test/fixtures/sample-screen.ts";
import { reading, type Script, said } from "../../../test/fixtures/scripted-screen.ts";
import { screenFrame } from "../view/screen-frame.ts";

const status = ({ model }: Script): string => frameRows(screenFrame(model)).at(-2) ?? "";

test("a mention below is counted apart, also beside a passing word, until one is back", () => {
  const script = reading(150);
  script.press("pageup");
  script.event(said("lobby", 151));
  expect(status(script)).toMatch(/-MORE\(\d+\)-$/);
  script.event(said("lobby", 152, "bob", "@mina look"));
  expect(status(script)).toMatch(/-MORE\(\d+, @1\)-$/);
  script.press("alt-shift-r");
  expect(status(script)).toMatch(/nothing has failed here {2}-MORE\(\d+, @1\)-$/);
  script.press("alt-end");
  expect(status(script)).not.toContain("MORE");
});
