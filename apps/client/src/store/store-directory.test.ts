import { expect, test } from "bun:test";
import fc from "fast-check";
import { storeDirectory } from "./store-directory.ts";

const of = (nick: string | null, host = "localhost", port = 7667) =>
  storeDirectory("/state", { host, port, nick });

test("each server and nick has its own directory, in plain letters", () => {
  expect(of("ann")).toBe("/state/maru/localhost_7667/ann");
  expect(of(null)).toBe("/state/maru/localhost_7667/guest");
  expect(of("ann", "::1", 1)).toBe("/state/maru/%3a%3a1_1/ann");
  expect(of("마루")).toBe("/state/maru/localhost_7667/%eb%a7%88%eb%a3%a8");
});

test("spellings of one nick and of one host share it", () => {
  expect(of("Ann", "LocalHost")).toBe(of("ann"));
  expect(of("마루".normalize("NFD"))).toBe(of("마루"));
});

test("a nick guest is no guest", () => {
  for (const nick of ["guest", "Guest", "%67uest"]) expect(of(nick)).not.toBe(of(null));
  expect(of("%67uest")).not.toBe(of("guest"));
});

test("no name leads elsewhere, or is longer than a file system takes", () => {
  const name = fc.oneof(
    fc.string({ unit: "binary", maxLength: 400 }),
    fc.constantFrom(
      "",
      ".",
      "..",
      "../..",
      "a/b",
      "\0",
      "\ud800",
      "a".repeat(300),
      "가".repeat(99),
    ),
  );
  fc.assert(
    fc.property(name, name, (nick, host) => {
      const path = of(nick, host);
      const parts = path.split("/");
      expect(parts.slice(0, 3)).toEqual(["", "state", "maru"]);
      expect(parts).toHaveLength(5);
      for (const part of parts.slice(3)) {
        expect(part).toMatch(/^[a-z0-9_%~-][a-z0-9_.%~-]*$/);
        expect(part.length).toBeLessThanOrEqual(206);
      }
    }),
    { numRuns: 1_000 },
  );
});

test("long names that begin alike are two", () => {
  expect(of(`${"가".repeat(90)}a`)).not.toBe(of(`${"가".repeat(90)}b`));
});
