// The fan-out's command line: lists multiply.

import { expect, test } from "bun:test";
import { readFanoutOptions } from "../options.ts";

test("every room is measured with every number of bytes at every pace", () => {
  const lists = ["--rooms", "1x100:10,1x10000:10", "--text-bytes", "64,8192", "--inflight", "1,2"];
  const scenarios = readFanoutOptions(lists)?.scenarios ?? [];
  expect(scenarios).toHaveLength(8);
  expect(scenarios.at(-1)).toMatchObject({ members: 10_000, textBytes: 8_192 });
  expect(scenarios.at(-1)?.pace).toEqual({ inflight: 2 });
});

test("a text that has no place for the stamp is refused", () => {
  expect(() => readFanoutOptions(["--text-bytes", "64,8"])).toThrow("--text-bytes");
});
