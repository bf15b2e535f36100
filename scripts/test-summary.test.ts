import { expect, test } from "bun:test";
import { summaryOf } from "./test-summary.ts";

const report = (counts: string) =>
  `<?xml version="1.0"?>\n<testsuites name="bun test" ${counts} time="0.1">\n</testsuites>\n`;

test("counts what passed and what failed, and leaves out what was skipped", () => {
  expect(summaryOf(report('tests="10" assertions="20" failures="2" skipped="3"'), 1)).toBe(
    "5 passed, 2 failed",
  );
  expect(summaryOf(report('tests="7" assertions="7" failures="0" skipped="0"'), 0)).toBe(
    "7 passed, 0 failed",
  );
});

test("never calls a failed run clean: a file that could not be loaded is a failure", () => {
  expect(summaryOf(report('tests="3" failures="0" skipped="0"'), 1)).toBe("3 passed, 1 failed");
  expect(summaryOf("", 132)).toBe("0 passed, 1 failed");
});

test("calls an empty run empty", () => expect(summaryOf("", 0)).toBe("0 passed, 0 failed"));
