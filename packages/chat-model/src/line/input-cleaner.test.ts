// What is taken away or replaced before lines are cut, however the input is chunked.

import { expect, test } from "bun:test";
import { textPattern } from "@maru/protocol/chat";
import fc from "fast-check";
import { type Cleaning, cleaningHint, InputCleaner } from "./input-cleaner.ts";

const nothing: Cleaning = { stripAnsi: false, stripCr: false, replace: false };
const all: Cleaning = { stripAnsi: true, stripCr: true, replace: true };

function cleaned(input: string | Uint8Array, cleaning: Partial<Cleaning>, chunkBytes = 1): string {
  const bytes = Buffer.from(input as string);
  const cleaner = new InputCleaner({ ...nothing, ...cleaning });
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    parts.push(Buffer.from(cleaner.push(bytes.subarray(at, at + chunkBytes))));
  }
  return Buffer.concat([...parts, cleaner.end()]).toString();
}

const esc = "\u001b";
test.each([
  ["colours", `a${esc}[31;1mred${esc}[0m b`, "ared b"],
  ["colours with colons", `${esc}[38:2::1:2:3mx`, "x"],
  ["a private mode", `${esc}[?25lx${esc}[?25h`, "x"],
  ["a link", `${esc}]8;;http://h${esc}\\link${esc}]8;;\u0007`, "link"],
  ["a title", `${esc}]0;t한글\u0007x`, "x"],
  [
    "a device's string",
    `${esc}Pq#0;~~${esc}\\x${esc}_app${esc}\\${esc}^pm${esc}\\${esc}Xsos${esc}\\`,
    "x",
  ],
  ["a character set", `${esc}(Bx${esc}%Gy`, "xy"],
  ["two bytes", `${esc}Mx${esc}7y${esc}=`, "xy"],
  ["eight-bit forms", "\u009b31mred\u009b0m \u009d0;t\u009cx\u0090q\u009cy", "red xy"],
  ["one that is broken off by its line", `${esc}[31\nx${esc}]0;t\ny${esc}\nz${esc}`, "\nx\ny\nz"],
  ["one inside another", `${esc}[3${esc}[31mx${esc}]0;t${esc}[1my`, "xy"],
  ["one that is cancelled", `${esc}[31\u0018x${esc}]0;t\u001ay`, "xy"],
  ["what belongs to none", `${esc}[3é © \u0007[31m`, "é © \u0007[31m"],
])("terminal sequences: %s", (_name, input, output) => {
  for (const size of [1, 2, 3, 1000])
    expect(cleaned(input, { stripAnsi: true }, size)).toBe(output);
});

test("takes the CR of CR LF away, and no other", () => {
  for (const size of [1, 2, 1000]) {
    expect(cleaned("a\r\n\r\nb\rc\r\r\nd\r", { stripCr: true }, size)).toBe("a\n\nb\rc\r\nd\r");
  }
});

test("a colour behind the CR hides it from nothing", () => {
  const input = `a\r${esc}[0m\n`;
  expect(cleaned(input, { stripAnsi: true, stripCr: true })).toBe("a\n");
});

test("puts U+FFFD in the place of what can't be sent", () => {
  const input = Buffer.from([
    ...Buffer.from("a\u0000\u007f\u0085\t한"),
    0xff,
    0xe9,
    0x0a,
    0xed,
    0x95,
  ]);
  for (const size of [1, 2, 1000]) {
    expect(cleaned(input, { replace: true }, size)).toBe(
      "a\ufffd\ufffd\ufffd\t한\ufffd\ufffd\n\ufffd",
    );
  }
});

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        "[",
        "]",
        esc,
        "\u009b",
        "\u009c",
        "\r",
        "\n",
        "m",
        "\\",
        "é",
        "ab",
        "\u0007",
      ),
    )
    .map((parts) => new Uint8Array(Buffer.from(parts.join("")))),
);

test("whatever comes in, what comes out may be sent, line by line, and not a line is lost", () => {
  const newlines = (text: string) => text.split("\n").length;
  fc.assert(
    fc.property(bytes, fc.integer({ min: 1, max: 50 }), (input, size) => {
      const output = cleaned(input, all, size);
      expect(output).toMatch(textPattern);
      expect(newlines(output)).toBe(newlines(Buffer.from(input).toString()));
      expect(output).toBe(cleaned(input, all, 1));
      // What is clean stays as it is.
      expect(cleaned(output, all, size)).toBe(output);
    }),
    { numRuns: 1000 },
  );
});

test("nothing is changed that needs no change, and nothing at all unless it is asked for", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), bytes, (text, raw) => {
      const clean = text.replace(/[^\P{Cc}\t\n]/gu, "");
      expect(cleaned(clean, all)).toBe(clean);
      const cleaner = new InputCleaner(nothing);
      expect(cleaner.push(raw)).toBe(raw);
      expect(cleaner.end()).toHaveLength(0);
    }),
  );
});

test("what would help is named, but for what was asked for", () => {
  const control = "the control character U+001B can't be sent";
  expect(cleaningHint(nothing, control)).toContain("--strip-ansi");
  expect(cleaningHint(nothing, control)).toContain("--replace");
  expect(cleaningHint(nothing, control)).not.toContain("--strip-cr");
  expect(cleaningHint(nothing, "the control character U+000D …")).toContain("--strip-cr");
  expect(cleaningHint({ ...nothing, stripAnsi: true }, control)).not.toContain("--strip-ansi");
});
