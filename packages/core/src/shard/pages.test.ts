import { expect, test } from "bun:test";
import { takesNothing } from "@maru/testkit";
import { floorProtocol } from "../../test/floor/floor-protocol.ts";
import { watchedFloor } from "../../test/floor/floor-service.ts";
import { clientFrame, kind, upgradeRequest } from "../../test/framing/web-socket-client.ts";
import type { SimulatedPeer } from "../../test/simulated-peer.ts";
import { SimulatedServer } from "../../test/simulated-server.ts";
import type { EngineLimits } from "../base/limits.ts";

function start(limits: Partial<EngineLimits> = {}) {
  const { watch, createFloor } = watchedFloor();
  const server = new SimulatedServer({
    protocol: floorProtocol,
    service: createFloor,
    limits,
    hasPages: true,
  });
  return { server, watch };
}

function greeted(server: SimulatedServer): SimulatedPeer {
  const page = server.connect({ isPage: true });
  page.ask("hello", { name: "page" });
  server.settle();
  expect(page.ofType("welcome")).toHaveLength(1);
  return page;
}

const closeCode = (page: SimulatedPeer) => page.heardByPage.decoder.close?.code ?? null;
const statusOf = ({ socket }: SimulatedPeer) =>
  Number(/^HTTP\/1\.1 (\d+) /.exec(new TextDecoder().decode(socket.output))?.[1]);

test("an upgrade has as long as a greeting, and is no greeting itself", () => {
  const { server, watch } = start({ helloMs: 3_000 });
  const begun = server.connect();
  begun.bytes(upgradeRequest().subarray(0, 40));
  const upgraded = server.connect({ isPage: true });
  const silent = server.connect();
  silent.bytes(Uint8Array.from(Buffer.from("GE")));
  server.pass(2_999);
  expect([statusOf(begun), closeCode(upgraded)]).toEqual([Number.NaN, null]);
  server.pass(1_000);
  expect([statusOf(begun), closeCode(upgraded)]).toEqual([408, 4001]);
  expect(silent.ofType("close")).toMatchObject([{ code: "hello_timeout" }]);
  expect(watch.open).toBe(0);
});

test("a page that answers nothing but pings is heard, and one that is silent is closed", () => {
  const { server } = start({ heartbeatMs: 5_000, heartbeatGraceMs: 1_000 });
  const [pinging, silent] = [greeted(server), greeted(server)];
  for (let seconds = 0; seconds < 12; seconds += 4) {
    pinging.bytes(clientFrame(String(seconds), kind.ping));
    server.pass(4_000);
  }
  expect(pinging.heardByPage.decoder.pongs).toEqual(["0", "4", "8"]);
  expect([closeCode(pinging), closeCode(silent)]).toEqual([null, 4002]);
});

test("the last words follow a blocked answer as soon as the socket takes bytes again", () => {
  const { server, watch } = start();
  const page = greeted(server);
  page.socket.takes(takesNothing);
  page.ask("nothing");
  page.bytes(clientFrame(Uint8Array.of(3, 232), kind.close));
  server.settle();
  expect(closeCode(page)).toBeNull();
  page.socket.drain();
  server.settle();
  expect(page.ofType("done")).toHaveLength(1);
  expect(closeCode(page)).toBe(1000);
  expect(page.socket.isShut).toBe(true);
  page.gone();
  server.settle();
  expect(watch.open).toBe(0);
});

test("the answer to the upgrade may leave a byte at a time, and a cut stands behind whole frames", () => {
  const { server } = start({ outboundBytes: 140_000 });
  const page = server.connect({ isPage: true });
  page.socket.takes((offered) => Math.min(offered, 1));
  page.ask("hello", { name: "page" });
  server.settle();
  page.ask("flood", { count: 20, bytes: 10_000, andClose: false });
  server.settle();
  for (let bytes = 0; bytes < 40; bytes += 1) page.socket.drain((offered) => Math.min(offered, 1));
  page.socket.drain();
  server.settle();
  const { messages, restBytes, decoder } = page.heardByPage;
  expect(decoder.answer).toStartWith("HTTP/1.1 101 ");
  expect(messages.map(({ type }) => type)).toEqual(["close"]);
  expect(decoder.close).toMatchObject({ code: 4001 });
  expect([restBytes, decoder.late]).toEqual([0, 0]);
});
