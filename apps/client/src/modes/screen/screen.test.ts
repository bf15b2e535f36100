// Ways into and out of the full screen, as they are seen from outside: on the terminal and on disk.

import { afterAll, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { processTestMs } from "@maru/testkit";
import { endProcesses, startServer } from "../../../test/processes.ts";
import { endScreens, newHome, ScreenClient } from "../../../test/screen/screen-client.ts";

setDefaultTimeout(processTestMs);
afterAll(async () => {
  await endScreens();
  await endProcesses();
});

function storedRooms(home: string, port: number): string[] {
  const path = join(home, "state", "maru", `127.0.0.1_${port}`, "ann", "rooms.json");
  return JSON.parse(readFileSync(path, "utf8")).rooms;
}

test("rooms are there the next time: after a signal, /quit, and without a server", async () => {
  const server = await startServer();
  const home = newHome();
  const first = await ScreenClient.start(server.address, { home });
  first.kill("SIGTERM");
  expect([await first.exited, storedRooms(home, server.port)]).toEqual([143, ["den"]]);
  const second = await ScreenClient.start(server.address, { home });
  second.type("/join ops\r");
  await second.until(({ lines }) => lines.at(-1)?.startsWith("ops>") === true);
  second.type("/quit\r");
  expect([await second.exited, storedRooms(home, server.port)]).toEqual([0, ["den", "ops"]]);
  await server.stop();
  const third = new ScreenClient(server.address, { home });
  await third.shows("den>");
  third.type("/quit\r");
  expect([await third.exited, storedRooms(home, server.port)]).toEqual([0, ["den", "ops"]]);
});

test("a nick that can't be is refused before anything is kept under it", async () => {
  const home = newHome();
  const client = new ScreenClient("127.0.0.1:1", { home, nick: "mi na" });
  expect(await client.exited).toBe(2);
  expect(client.raw).toContain('--nick "mi na": ');
  expect(existsSync(join(home, "state"))).toBe(false);
});
