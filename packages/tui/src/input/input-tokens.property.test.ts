import { expect, test } from "bun:test";
import fc from "fast-check";
import { type InputToken, InputTokens } from "./input-tokens.ts";

/** Text that was cut by reads is one run again. */
function joined(tokens: readonly InputToken[]): InputToken[] {
  const whole: InputToken[] = [];
  for (const token of tokens) {
    const last = whole.at(-1);
    if (token.kind === "text" && last?.kind === "text") {
      whole[whole.length - 1] = { kind: "text", text: last.text + token.text };
    } else whole.push(token);
  }
  return whole;
}

const pieces = fc.constantFrom(
  ...[
    "a",
    "한글",
    "👨‍👩‍👧",
    "\r",
    "\n",
    "\x7f",
    "\x1b[A",
    "\x1bOP",
    "\x1bx",
    "\x1b[1;5C",
    "\x1b[97;5u",
  ],
  ...[
    "\x1b[200~",
    "\x1b[201~",
    "\x1b]11;rgb:0/0/0\x1b\\",
    "\x1bP>|x\x1b\\",
    "\x1b[<0;1;1M",
    "\x1b[I",
  ],
);

test("any chunking of the bytes gives the same tokens", () => {
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 20 }),
      fc.array(fc.integer({ min: 1, max: 9 })),
      (parts, cuts) => {
        const bytes = new TextEncoder().encode(parts.join(""));
        const whole = new InputTokens();
        const cut = new InputTokens();
        const tokens: InputToken[] = [];
        for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
          const end = at + (cuts[turn % Math.max(1, cuts.length)] ?? 1);
          tokens.push(...cut.push(bytes.subarray(at, end)));
          at = end;
        }
        expect(joined(tokens)).toEqual(joined(whole.push(bytes)));
        expect(cut.giveUp()).toEqual(whole.giveUp());
      },
    ),
  );
});

test("any bytes are taken, and after silence nothing is unfinished", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 10 }), (reads) => {
      const tokens = new InputTokens();
      for (const read of reads) tokens.push(read);
      tokens.giveUp();
      expect(tokens.patienceMs).toBeNull();
    }),
  );
});
