import { describe, expect, test } from "bun:test";
import { duration, type Stream, startProgress } from "./progress.ts";

/** Remembers what was written; what a terminal would show of it is `screen`. */
function createStream(isTTY: boolean) {
  const written: string[] = [];
  const stream = {
    isTTY,
    columns: 80,
    write(text: string) {
      written.push(text);
      return true;
    },
  };
  return { stream: stream as unknown as Stream, written };
}

/** As far as the bar needs a terminal: carriage return, column 1, clear to the right, newline. */
function screen(written: readonly string[]): string[] {
  const lines = [""];
  let column = 0;
  const text = written.join("").replaceAll("\u001b", "␛");
  for (const [token] of text.matchAll(/␛\[\d*[A-Z]|\r|\n|[^␛\r\n]+/g)) {
    const line = lines.at(-1) ?? "";
    if (token === "\n") {
      lines.push("");
      column = 0;
    } else if (token === "\r" || token === "␛[1G") column = 0;
    else if (token === "␛[2K") lines[lines.length - 1] = " ".repeat(column);
    else if (/^␛\[\d*[JK]$/.test(token)) lines[lines.length - 1] = line.slice(0, column);
    else if (!token.startsWith("␛")) {
      lines[lines.length - 1] = line.slice(0, column) + token + line.slice(column + token.length);
      column += token.length;
    }
  }
  return lines;
}

const plan = { title: "fanout", steps: 2 };

describe("where standard error is no terminal", () => {
  test("there is one line a step, with what came of it", () => {
    const { stream, written } = createStream(false);
    const progress = startProgress(plan, stream, (text) => stream.write(text));
    progress.step("round 1, coalescing");
    progress.note("8,300,000 deliveries/s");
    progress.step("round 1, chapter");
    progress.end();
    expect(written.join("")).toBe(
      "round 1, coalescing: 8,300,000 deliveries/s\nround 1, chapter\n",
    );
  });

  test("a table between two steps comes after the line of the first", () => {
    const { stream, written } = createStream(false);
    const progress = startProgress(plan, stream, (text) => stream.write(text));
    progress.step("one");
    progress.print("a table\n");
    progress.end();
    progress.end();
    expect(written.join("")).toBe("one\na table\n");
  });
});

describe("on a terminal", () => {
  test("the last line is the bar, and what was noted stays above it, whole", () => {
    const { stream, written } = createStream(true);
    const progress = startProgress(plan, stream, (text) => stream.write(text));
    progress.step("round 1, coalescing");
    progress.note("failed: no such server");
    progress.step("round 1, chapter");
    progress.print("a table\n");
    const lines = screen(written);
    progress.end();
    expect(lines.slice(0, -1)).toEqual([
      "round 1, coalescing: failed: no such server",
      "round 1, chapter",
      "a table",
    ]);
    expect(lines.at(-1)).toMatch(/^fanout \S{20} 1\/2 {2}\d+s, \d+s left {2}round 1, chapter$/);
    expect(screen(written).at(-1)).toBe("");
  });

  test("the bar is never wider than the terminal", () => {
    const { stream, written } = createStream(true);
    using progress = startProgress(plan, stream, (text) => stream.write(text));
    progress.step("a".repeat(200));
    progress.print("");
    expect(screen(written).at(-1)).toHaveLength(80);
  });

  test("an error that leaves the scope has the line to itself", () => {
    const { stream, written } = createStream(true);
    const fail = () => {
      using progress = startProgress(plan, stream, (text) => stream.write(text));
      progress.note("begun");
      throw new Error("no compiler");
    };
    expect(fail).toThrow("no compiler");
    expect(screen(written).at(-1)).toBe("");
  });
});

test("durations are told in two units at most", () => {
  expect([0, 59.4, 60, 245, 3_600, 4_830].map(duration)).toEqual([
    "0s",
    "59s",
    "1m00s",
    "4m05s",
    "1h00m",
    "1h20m",
  ]);
});
