// A program of a few lines on the real terminal: it tells the test over a socket what the terminal
// says, and does with the terminal what the test asks. Not a test.

import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { TtyInput, waitingBytesMax } from "@maru/tui/input";
import { createTerminal } from "@maru/tui/terminal";
import { plainStyle, plainTheme } from "@maru/tui/testing";

const port = Number(process.argv[2]);

let rows = ["ready", "안녕하세요 👨‍👩‍👧 🇰🇷 end"];
let caret: { x: number; y: number } | null = { x: 2, y: 0 };
let isFailing = false;

const { ECHO_BYTES_MAX: bytesMax, ECHO_PATH: path, ECHO_SYMBOLS: symbols } = process.env;
const input = new TtyInput(process.stdin, {
  bytesMax: bytesMax === undefined ? waitingBytesMax : Number(bytesMax),
  ...(path === undefined ? {} : { path: path === "" ? null : path }),
});
input.take();
const early: unknown[] = [];
let tell: (what: unknown) => void = (what) => early.push(what);
const terminal = await createTerminal({
  input,
  full: () => tell({ type: "full" }),
  symbols: {
    known: symbols?.split(",") ?? [],
    isAsked: symbols !== undefined,
    heard: (names) => tell({ type: "counted", names }),
  },
  theme: { ...plainTheme, accent: { ...plainStyle, fg: "#ff8800", bold: true } },
  depth: "true",
  mouse: false,
  frame: (size) => {
    if (isFailing) throw new Error("the frame failed");
    return {
      ...size,
      rows: rows.map((text, y) => [
        {
          text,
          role: y === 1 ? "accent" : "text",
          ...(text.startsWith("http") ? { link: text } : {}),
        } as const,
      ]),
      caret,
    };
  },
});

const socket = connect(port, "127.0.0.1");
let rest = "";
socket.setEncoding("utf8");
socket.on("data", (data) => {
  const lines = `${rest}${data}`.split("\n");
  rest = lines.pop() ?? "";
  for (const line of lines) void obey(JSON.parse(line));
});
tell = (what) => socket.write(`${JSON.stringify(what)}\n`);
for (const what of early) tell(what);
terminal.listen(tell);
tell({ type: "started", size: terminal.size });

const { promise: returned, resolve: giveBack } = Promise.withResolvers<void>();

async function obey(order: {
  do: string;
  rows?: string[];
  caret?: typeof caret;
  text?: string;
  ms?: number;
}) {
  const text = order.text ?? "";
  if (order.do === "show") {
    rows = order.rows ?? rows;
    if (order.caret !== undefined) caret = order.caret;
    terminal.refresh();
  } else if (order.do === "ring") terminal.ring();
  else if (order.do === "notify") terminal.notify("a;b", text);
  else if (order.do === "title") terminal.title(text);
  else if (order.do === "mouse") terminal.mouse(text === "on");
  else if (order.do === "redraw") terminal.redraw();
  else if (order.do === "suspend") terminal.suspend();
  else if (order.do === "lend") {
    await terminal.lend(async () => {
      if (text === "") {
        tell({ type: "lent" });
        return returned;
      }
      const shell = Bun.spawn(["sh", "-c", text], { stdio: ["inherit", "inherit", "inherit"] });
      tell({ type: "lent" });
      await shell.exited;
    });
    tell({ type: "returned" });
  } else if (order.do === "block") {
    // Busy until the test writes to the pipe: as with a long update, a collection, a debugger.
    socket.write(`${JSON.stringify({ type: "blocked" })}\n`, () => readFileSync(text));
  } else if (order.do === "return") giveBack();
  else if (order.do === "end") {
    await terminal.end();
    tell({ type: "ended" });
    socket.end(() => process.exit(7));
  } else if (order.do === "exit") process.exit(3);
  else if (order.do === "fail") {
    isFailing = true;
    terminal.refresh();
  } else if (order.do === "throw") setTimeout(() => JSON.parse("{not json"), 0);
}
