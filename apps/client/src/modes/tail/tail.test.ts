// What `tail` makes of a place behind the end of the room, against the real server.

import { afterAll, expect, setDefaultTimeout, test } from "bun:test";
import { processTestMs } from "@maru/testkit";
import { endProcesses, runClient, startClient, startServer } from "../../../test/processes.ts";

setDefaultTimeout(processTestMs);

afterAll(endProcesses);

test("a seq that the room has not come to is no gap, and what comes next is printed", async () => {
  const { address } = await startServer();
  const send = (text: string) => runClient(address, ["send", "--room", "den", text]);
  expect((await send("first")).code).toBe(0);
  const tail = startClient(address, "tail", "--room", "den", "--since", "500", "-n", "1");
  await tail.said("nothing is there after 500 yet: the room is at 1");
  expect((await send("second")).code).toBe(0);
  const { code, out, err } = await tail.finished();
  expect([code, out.toString()]).toEqual([0, "second\n"]);
  expect(err).not.toContain("missing");
});
