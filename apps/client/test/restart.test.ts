// A server that goes away and comes back: tails and senders get over it, and say what was lost.

import { afterAll, expect, setDefaultTimeout, test } from "bun:test";
import { processTestMs } from "@maru/testkit";
import { endProcesses, runClient, startClient, startServer } from "./processes.ts";

setDefaultTimeout(processTestMs);

afterAll(endProcesses);

test("a tail gets over a restart, and owns up to what a server without a disk forgot", async () => {
  const first = await startServer();
  const tail = startClient(first.address, "tail", "--room", "den");
  await tail.said("joined den");
  expect((await runClient(first.address, ["send", "--room", "den", "before"])).code).toBe(0);
  await tail.printed("before\n");
  await first.stop();
  await tail.said("trying again");
  const second = await startServer(first.port);
  await tail.said("joined den again");
  expect((await runClient(second.address, ["send", "--room", "den", "after"])).code).toBe(0);
  await tail.printed("after\n");
  tail.process.kill("SIGINT");
  const { code, out, err } = await tail.finished();
  expect([code, out.toString()]).toEqual([130, "before\nafter\n"]);
  expect(err).toContain("messages are missing");
  await second.stop();
});

test("a send gets over a restart and delivers every line", async () => {
  const first = await startServer();
  const send = startClient(first.address, "send", "--room", "den");
  send.process.stdin.write("one\n");
  send.process.stdin.flush();
  const seen = await runClient(first.address, ["tail", "--room", "den", "--since", "0", "-n", "1"]);
  expect(seen.text).toBe("one\n");
  await first.stop();
  send.process.stdin.write("two\nthree\n");
  await send.process.stdin.end();
  const second = await startServer(first.port);
  const { code, err } = await send.finished();
  expect([code, err]).toEqual([0, ""]);
  const after = await runClient(second.address, [
    "tail",
    "--room",
    "den",
    "--since",
    "0",
    "-n",
    "2",
  ]);
  expect(after.text).toBe("two\nthree\n");
  await second.stop();
});
