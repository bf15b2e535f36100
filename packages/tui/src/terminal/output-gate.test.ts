import { expect, test } from "bun:test";
import { OutputGate } from "./output-gate.ts";
import { ownSequenceProblem } from "./own-sequences.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

const setup =
  "\x1b[?2031h\x1b]10;?\x07\x1b[>0q\x1b[s\x1b[6n\x1bP+q4d73\x1b\\\x1b[?u\x1b]66;w=1; \x1b\\" +
  "\x1b_Gi=31337,a=q;AAAA\x1b\\\x1b[c\x1b[14t\x1b]4;0;?\x07\x1b]12;#ffffff\x07\x1b[0 q\x1b]22;x\x1b\\";
const drawing =
  "\x1b[?2026h\x1b[1;1H\x1b[38;5;3m한글\x1b[0m\x1b]8;id=1;https://a.b/;c\x1b\\x\x1b]8;;\x1b\\";

test("lets drawing pass and nothing else", () => {
  const gate = new OutputGate();
  expect(gate.pass(bytes(setup + drawing + setup))).toBe(drawing);
  expect(gate.isBetween).toBe(true);
});

test("passes the same whatever the pieces", () => {
  const gate = new OutputGate();
  let passed = "";
  for (const byte of bytes(drawing + setup + drawing)) passed += gate.pass(Uint8Array.of(byte));
  expect(passed).toBe(drawing + drawing);
});

test("controls and unfinished sequences never pass", () => {
  const gate = new OutputGate();
  expect(gate.pass(bytes("a\x07\x9b\u009bb\x1b[31"))).toBe("ab");
  expect(gate.isBetween).toBe(false);
  expect(gate.pass(bytes(`${"1".repeat(10_000)}`))).toBe("");
});

test("the grammar of own sequences refuses what is not the client's", () => {
  expect(ownSequenceProblem(drawing)).toBeNull();
  for (const bad of [
    "\x1b[6n",
    "\x1b]52;c;aa\x07",
    "\x1bc",
    "\n",
    "\x1b[31;1",
    "\u009b1m",
    "\x1b[5n",
  ]) {
    expect(ownSequenceProblem(`ok${bad}`)).toStartWith("at 2: ");
  }
});
