import { expect, test } from "bun:test";
import { lineBytesMax, TypedCommands } from "./typed-commands.ts";

/** All that comes of an input, given in chunks of so many bytes. */
function typed(input: string | Uint8Array, chunkBytes: number) {
  let id = 40;
  const nextId = () => {
    id += 1;
    return id;
  };
  const commands = new TypedCommands();
  const bytes = Buffer.from(input as string);
  const all = [];
  for (let from = 0; from < bytes.length; from += chunkBytes) {
    all.push(...commands.push(bytes.subarray(from, from + chunkBytes), nextId));
  }
  return [...all, ...commands.end(nextId)];
}

test("a line is a command, however it is cut; one without an id gets one", () => {
  const input = '{"type":"ping"}\n\n {"id":3,"type":"말"} \r\n{"type":"move","id":"","x":1}';
  for (const chunkBytes of [1, 7, 1_000]) {
    expect(typed(input, chunkBytes)).toEqual([
      { line: 1, text: '{"type":"ping","id":41}' },
      { line: 3, text: '{"type":"말","id":3}' },
      { line: 4, text: '{"type":"move","x":1}' },
    ]);
  }
});

test("what is no JSON object is named by its line, and the next line is taken", () => {
  for (const wrong of ["ping", "[1]", "null", "{", Uint8Array.of(0xff)]) {
    const input = Buffer.concat([Buffer.from(wrong as string), Buffer.from('\n{"type":"ping"}\n')]);
    expect(typed(input, 3)).toEqual([
      { line: 1, problem: "it is no JSON object" },
      { line: 2, text: '{"type":"ping","id":41}' },
    ]);
  }
});

test("a line has a bound, and nothing is kept of one beyond it", () => {
  const longest = `{"text":"${"x".repeat(lineBytesMax - 11)}"}`;
  expect(longest).toHaveLength(lineBytesMax);
  expect(typed(`${longest}\n`, 65_536)[0]).toMatchObject({ text: expect.any(String) });
  expect(typed(`${longest} \n{"type":"a"}`, 65_536)).toEqual([
    { line: 1, problem: `it is longer than ${lineBytesMax} bytes` },
    { line: 2, text: '{"type":"a","id":41}' },
  ]);
});
