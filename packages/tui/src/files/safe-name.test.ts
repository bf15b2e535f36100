import { expect, test } from "bun:test";
import fc from "fast-check";
import { safeName } from "./safe-name.ts";

test("plain letters stay, others are written in hex, and a dot begins no name", () => {
  expect(safeName("ann-1_x.y")).toBe("ann-1_x.y");
  expect(safeName("Ann")).toBe("%41nn");
  expect(safeName("..")).toBe("%2e.");
  expect(safeName("a/b\0")).toBe("a%2fb%00");
});

test("no two texts share a name, and none is longer than a file system takes", () => {
  const text = fc.oneof(fc.string({ unit: "binary", maxLength: 300 }), fc.constant(""));
  fc.assert(
    fc.property(text, text, (one, other) => {
      const names = [safeName(one), safeName(other)];
      for (const name of names) {
        expect(name).toMatch(/^[a-z0-9_%~-][a-z0-9_.%~-]*$/);
        expect(name.length).toBeLessThanOrEqual(200);
      }
      if (one.toWellFormed() !== other.toWellFormed()) expect(names[0]).not.toBe(names[1]);
    }),
  );
});
