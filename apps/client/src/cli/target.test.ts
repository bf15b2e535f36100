// Addresses and rooms as they are typed.

import { expect, test } from "bun:test";
import { UsageError } from "@maru/command-line";
import { addressAdvice, parseTarget } from "./target.ts";

const source = "--server";

test("reads an address in each of its forms", () => {
  const parsed = (address: string, room?: string) => parseTarget(address, room, source);
  expect(parsed("maru://h:1/lobby")).toEqual({ host: "h", port: 1, room: "lobby", source });
  expect(parsed("h:1", "ops")).toEqual({ host: "h", port: 1, room: "ops", source });
  expect(parsed("h")).toEqual({ host: "h", port: 7667, room: null, source });
});

test("the room that is named wins over the address's own", () => {
  expect(parseTarget("maru://h/lobby", "#ops", source).room).toBe("ops");
});

test.each([
  ["http://h", undefined, '--server "http://h": This is not an address'],
  ["", undefined, '--server "": This is not an address'],
  ["h:0", undefined, '--server "h:0": A port is 1 to 65535.'],
  ["fe80::1", undefined, "Write IPv6 in brackets: [fe80::1]:7667."],
  ["h", "a b", '--room "a b": use letters'],
  ["h", "", '--room "": it is empty'],
  ["h/a b", undefined, "not an address"],
])("says what is wrong with %p and the room %p, and what named it", (address, room, words) => {
  expect(() => parseTarget(address, room, source)).toThrow(UsageError);
  expect(() => parseTarget(address, room, source)).toThrow(words);
});

test("of an address that leads nowhere, it says where that is from", () => {
  expect(addressAdvice(parseTarget("h", undefined, "MARU_SERVER"))).toContain("from MARU_SERVER");
});
