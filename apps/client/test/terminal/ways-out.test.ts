// Whichever way the program ends or the terminal is lent: it is given back as it was.

import { afterEach, expect, setDefaultTimeout, test } from "bun:test";
import { processTestMs } from "@maru/testkit";
import { leaveModes } from "@maru/tui/terminal";
import { EchoPty } from "./echo-pty.ts";

setDefaultTimeout(processTestMs);

let pty: EchoPty;
afterEach(() => pty.close());

async function code(): Promise<number> {
  const exitCode = await pty.exited;
  await pty.until(() => pty.raw.includes(leaveModes));
  return exitCode;
}

test("end restores the terminal", async () => {
  pty = await EchoPty.start();
  pty.order({ do: "end" });
  expect(await code()).toBe(7);
  expect(pty.raw).toEndWith(leaveModes);
});

test("an exit without end restores the terminal", async () => {
  pty = await EchoPty.start();
  pty.order({ do: "exit" });
  expect(await code()).toBe(3);
  expect(pty.raw).toEndWith(leaveModes);
});

test("a bug restores the terminal first, is told then, and is exit code 1", async () => {
  pty = await EchoPty.start();
  pty.order({ do: "throw" });
  expect(await code()).toBe(1);
  expect(pty.raw.split(leaveModes)[1]).toContain("SyntaxError");
});

test("a frame that fails is a bug like any other", async () => {
  pty = await EchoPty.start();
  pty.order({ do: "fail" });
  expect(await code()).toBe(1);
  expect(pty.raw.split(leaveModes)[1]).toContain("the frame failed");
});

for (const [signal, expected] of [
  ["SIGTERM", 143],
  ["SIGHUP", 129],
  ["SIGINT", 130],
  ["SIGQUIT", 131],
] as const) {
  test(`${signal} from outside restores the terminal`, async () => {
    pty = await EchoPty.start();
    pty.process.kill(signal);
    expect(await code()).toBe(expected);
    expect(pty.raw).toEndWith(leaveModes);
  });
}

for (const way of ["its own wish", "a signal from outside"]) {
  test(`with no shell to let it go on, it is not stopped by ${way}, and drawn anew`, async () => {
    // The leader of a session of its own, as in `ssh -t host maru` or a window of tmux.
    pty = await EchoPty.start();
    const from = pty.raw.length;
    if (way === "its own wish") pty.order({ do: "suspend" });
    else pty.process.kill("SIGTSTP");
    await pty.until(() => pty.raw.includes(leaveModes, from));
    await pty.until(() => /\?1049h.*ready.*\?2026l/s.test(pty.raw.slice(from)));
    await pty.typeWhole("x");
    expect(pty.typed).toBe("x");
  });
}

test("stopped by force and continued, everything is drawn anew", async () => {
  pty = await EchoPty.start();
  const from = pty.raw.length;
  pty.process.kill("SIGSTOP");
  pty.process.kill("SIGCONT");
  await pty.until(() => /\?1049h.*ready.*\?2026l/s.test(pty.raw.slice(from)));
  await pty.typeWhole("x");
  expect(pty.typed).toBe("x");
});

test("going on while it is lent takes nothing from whom it is lent to", async () => {
  pty = await EchoPty.start();
  const from = pty.raw.length;
  pty.order({ do: "lend", text: "read line; stty -a; echo got:$line:" });
  await pty.until(() => pty.told.some(({ type }) => type === "lent"));
  pty.process.kill("SIGCONT");
  pty.process.kill("SIGTSTP");
  pty.process.kill("SIGCONT");
  // What it hears next it hears behind the signals: they have done what they do.
  pty.order({ do: "show", rows: ["ready", "heard"] });
  pty.process.kill("SIGWINCH");
  pty.resize(61, 10);
  await pty.until(() => pty.told.some(({ type }) => type === "resized"));
  pty.type("for the editor\r");
  await pty.until(() => pty.raw.includes("got:for the editor:"));
  await pty.until(() => pty.told.some(({ type }) => type === "returned"));
  const lent = pty.raw.slice(from).split("got:for")[0];
  expect(lent).toContain(" icanon");
  expect(lent).not.toContain("\x1b[?1049h");
  expect(pty.typed).toBe("");
});

test("lent to a program, it is that one's alone, typing too, and drawn anew then", async () => {
  pty = await EchoPty.start();
  pty.order({
    do: "lend",
    text: "stty -a; read line; echo got:$line:; read line; echo got:$line:",
  });
  await pty.until(() => pty.raw.includes("echoke") || pty.raw.includes("echoctl"));
  const lent = pty.raw.split(leaveModes)[1] ?? "";
  expect(lent).toContain(" icanon");
  pty.order({ do: "show", rows: ["unseen"] });
  pty.type("typed 한글\r");
  await pty.until(() => pty.raw.includes("got:typed 한글:"));
  expect(pty.raw).not.toContain("unseen");
  pty.type("more\r");
  await pty.until(() => pty.told.some(({ type }) => type === "returned"));
  await pty.until(() => /got:more:.*\?1049h.*unseen.*\?2026l/s.test(pty.raw));
  await pty.typeWhole("back");
  expect(pty.typed).toBe("back");
});

test("a terminal that is gone ends the program", async () => {
  pty = await EchoPty.start();
  pty.hangUp();
  expect(await pty.exited).toBeGreaterThan(0);
});
