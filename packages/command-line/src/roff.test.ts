import { expect, test } from "bun:test";
import fc from "fast-check";
import { escapeRoff, tagged } from "./roff.ts";

test("no text becomes a request or an escape of roff", () => {
  expect(escapeRoff(".SH x")).toBe("\\&.SH x");
  expect(escapeRoff("a\\nb")).toBe("a\\enb");
  expect(escapeRoff("←")).toBe("\\[u2190]");
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }).map((text) => text.replace(/\p{Cc}/gu, " ")),
      (text) => {
        const line = escapeRoff(text);
        return !/^[.']/m.test(line) && !/[^\n\x20-\x7e]/.test(line);
      },
    ),
  );
  expect(tagged("-n", "end after `COUNT`")).toBe(".TP\n.B \\-n\nend after \\fBCOUNT\\fR");
});
