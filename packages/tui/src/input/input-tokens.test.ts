import { expect, test } from "bun:test";
import { type InputToken, InputTokens, pasteEndMs } from "./input-tokens.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const all = (text: string) => new InputTokens().push(bytes(text));
const sequence = (text: string): InputToken => ({ kind: "sequence", sequence: text });
const text = (value: string): InputToken => ({ kind: "text", text: value });

test("cuts text, controls and sequences apart", () => {
  expect(all("ab\r한\x1b[1;5A\x1bOPx\x1bb")).toEqual([
    text("ab"),
    { kind: "control", code: 13 },
    text("한"),
    sequence("\x1b[1;5A"),
    sequence("\x1bOP"),
    text("x"),
    sequence("\x1bb"),
  ]);
});

test("knows the Linux console's and rxvt's sequences", () => {
  expect(all("\x1b[[A\x1b[3$\x1b[7^\x1b\x1b[A\x1b[2;2$y")).toEqual([
    sequence("\x1b[[A"),
    sequence("\x1b[3$"),
    sequence("\x1b[7^"),
    sequence("\x1b\x1b[A"),
    sequence("\x1b[2;2$y"),
  ]);
});

test("swallows replies whole, and what broke off", () => {
  expect(
    all("\x1b]11;rgb:0/0/0\x07a\x1bP1$r\x1b\\b\x1b]0;x\x1b[Ac\x1b[12\x1b[Bd\x1b[1\re"),
  ).toEqual([
    text("a"),
    text("b"),
    sequence("\x1b[A"),
    text("c"),
    sequence("\x1b[B"),
    text("d"),
    { kind: "control", code: 13 },
    text("e"),
  ]);
});

test("a reply that never ends is not remembered, and given up", () => {
  const tokens = new InputTokens();
  expect(tokens.push(bytes(`\x1b]11;${"x".repeat(50_000)}`))).toEqual([]);
  expect(tokens.push(bytes("y".repeat(1000)))).toEqual([]);
  expect(tokens.patienceMs).toBe(pasteEndMs);
  expect(tokens.giveUp()).toEqual([]);
  expect(tokens.push(bytes("a"))).toEqual([text("a")]);
});

test("Escape, and what begins like a sequence, is a key when nothing follows", () => {
  for (const [given, expected] of [
    ["\x1b", [{ kind: "control", code: 27 }]],
    ["\x1b[", [sequence("\x1b[")]],
    ["\x1bO", [sequence("\x1bO")]],
    ["\x1b]", [sequence("\x1b]")]],
    ["\x1b[1;", []],
  ] as const) {
    const tokens = new InputTokens();
    expect(tokens.push(bytes(given))).toEqual([]);
    expect(tokens.giveUp()).toEqual([...expected]);
    expect(tokens.patienceMs).toBeNull();
  }
});

test("a paste keeps escape sequences as text, and what looks like its end", () => {
  expect(all("\x1b[200~a\x1b[31mb\x1b[20\x1b[201~c\x1b[201~d")).toEqual([
    { kind: "paste", text: "a\x1b[31mb\x1b[20", isCut: false, bytesOver: 0 },
    text("c"),
    sequence("\x1b[201~"),
    text("d"),
  ]);
});
