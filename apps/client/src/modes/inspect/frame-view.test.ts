import { expect, test } from "bun:test";
import { cellWidth } from "@maru/tui/text";
import { Exchange } from "./exchange.ts";
import { frameJson, frameRows, rowsMax } from "./frame-view.ts";

const received = (payload: string | Uint8Array) =>
  new Exchange().received(Buffer.from(payload as string), 1_234.5);

test("a command and its reply, as people see them", () => {
  const exchange = new Exchange();
  const command = exchange.sent(Buffer.from('{"type":"join","id":2,"room":"마루"}'), 10);
  expect(frameRows(command, 60)).toBe(
    [
      "→   0.010 s  join, id 2",
      "    4 + 38 bytes at 0: 00 00 00 26 | 7b 22 74 79 70 65 22 3a …",
      '    {"type":"join","id":2,"room":"마루"}',
      "",
    ].join("\n"),
  );
  const reply = exchange.received(Buffer.from('{"type":"joined","re":2}'), 12.34);
  expect(frameRows(reply, 60).split("\n")[0]).toBe(
    "←   0.012 s  joined, answers join (id 2) after 2.3 ms",
  );
});

test("JSON is folded to the terminal's width, and a long one has an end", () => {
  const text = JSON.stringify({ type: "message", text: "마루 ".repeat(5_000) });
  const rows = frameRows(received(text), 40).trimEnd().split("\n");
  expect(rows).toHaveLength(2 + rowsMax + 1);
  for (const row of rows.slice(2, -1)) expect(cellWidth(row)).toBeLessThanOrEqual(40);
  expect(rows.at(-1)).toMatch(/^ {4}… and 1[\d]{4} characters more: --json has all$/);
});

test("nothing that a peer sends moves the terminal", () => {
  const hostile = [
    JSON.stringify({ type: "\u001b[2J\u202e", re: "\u001b]0;x\u0007", text: "\u009b1A" }),
    '{"type":"x","text":"\u001b[31m\u0007\n\r\u2028"}',
    "\u001b]52;c;eA==\u001b\\",
    Uint8Array.of(0xff, 0x1b, 0x5b, 0x32, 0x4a),
  ];
  for (const payload of hostile) {
    const rows = frameRows(received(payload), 200);
    expect(rows).not.toMatch(/[^\P{Cc}\n]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
    expect(rows.split("\n")).toHaveLength(4);
  }
});

test("what is no JSON object is shown as bytes", () => {
  const foreign = received(Uint8Array.of(1, 2, 255));
  expect(frameRows(foreign, 80)).toContain(
    "no JSON object\n    4 + 3 bytes at 0: 00 00 00 03 | 01 02 ff\n",
  );
  expect(JSON.parse(frameJson(foreign, 0))).toMatchObject({ hex: "01 02 ff", length: 3 });
});

test("for programs each frame is one object, and whole", () => {
  const text = "x".repeat(50_000);
  const exchange = new Exchange();
  exchange.sent(Buffer.from('{"type":"ping","id":1}'), 1);
  const pong = exchange.received(Buffer.from(JSON.stringify({ type: "pong", re: 1, text })), 3.5);
  const line = frameJson(pong, 1_000_000);
  expect(line.indexOf("\n")).toBe(line.length - 1);
  expect(JSON.parse(line)).toEqual({
    ...{
      direction: "in",
      at: 1_000_004,
      ms: 3.5,
      offset: 0,
      header: "00 00 c3 70",
      length: 50_032,
    },
    ...{ answers: { type: "ping", id: 1, ms: 2.5 }, message: { type: "pong", re: 1, text } },
  });
});
