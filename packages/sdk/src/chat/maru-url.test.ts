// Addresses as people write them.

import { expect, test } from "bun:test";
import { MaruError } from "../base/maru-error.ts";
import { formatMaruUrl, parseMaruUrl } from "./maru-url.ts";

test("reads host, port and room", () => {
  expect(parseMaruUrl("maru://chat.example:7000/lobby")).toEqual({
    host: "chat.example",
    port: 7000,
    room: "lobby",
  });
});

test("takes the default port, and no room, when there are none", () => {
  expect(parseMaruUrl("maru://chat.example")).toEqual({ host: "chat.example", port: 7667 });
  expect(parseMaruUrl("maru://chat.example/")).toEqual({ host: "chat.example", port: 7667 });
});

test("reads rooms in any script, plain or percent-encoded, and direct ones", () => {
  expect(parseMaruUrl("maru://h/마루").room).toBe("마루");
  expect(parseMaruUrl("maru://h/%EB%A7%88%EB%A3%A8").room).toBe("마루");
  expect(parseMaruUrl("maru://h/@ann+bob").room).toBe("@ann+bob");
});

test("reads an address of IP version 6", () => {
  expect(parseMaruUrl("maru://[::1]:9/r")).toEqual({ host: "::1", port: 9, room: "r" });
});

test("what is formatted reads back", () => {
  for (const url of ["maru://h:1/r", "maru://[::1]:7667", "maru://h:2/@a+b"]) {
    expect(formatMaruUrl(parseMaruUrl(url))).toBe(url);
  }
});

test.each([
  "http://h/r",
  "maru://",
  "maru://h:0/r",
  "maru://h:65536",
  "maru://h:x",
  "maru://h/%E0",
])("refuses %s with a typed error", (url) => {
  expect(() => parseMaruUrl(url)).toThrow(MaruError);
  expect(() => parseMaruUrl(url)).toThrow(expect.objectContaining({ code: "invalid_url" }));
});
