// Addresses and rooms as they are typed.

import { expect, test } from "bun:test";
import { parseTarget, UsageError } from "./target.ts";

test("reads an address in each of its forms", () => {
  expect(parseTarget("maru://h:1/lobby", undefined)).toEqual({ host: "h", port: 1, room: "lobby" });
  expect(parseTarget("h:1", "ops")).toEqual({ host: "h", port: 1, room: "ops" });
  expect(parseTarget("h", undefined)).toEqual({ host: "h", port: 7667, room: null });
});

test("the room that is named wins over the address's own", () => {
  expect(parseTarget("maru://h/lobby", "#ops").room).toBe("ops");
});

test("says what is wrong with an address or a room", () => {
  expect(() => parseTarget("http://h", undefined)).toThrow(UsageError);
  expect(() => parseTarget("h", "a b")).toThrow('the room "a b": use letters');
});
