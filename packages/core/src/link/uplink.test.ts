import { expect, test } from "bun:test";
import { fromPosted, toPosted, Uplink, type UplinkBatch, uplinkKind } from "./uplink.ts";

function collect(creditBytes: number, keepText: boolean) {
  const batches: UplinkBatch[] = [];
  return { batches, uplink: new Uplink(creditBytes, keepText, (batch) => batches.push(batch)) };
}

const say = (uplink: Uplink, connection: number, text: string) => {
  const message = { type: "say", text };
  uplink.message(connection, message, JSON.stringify(message), JSON.stringify(message).length);
};

test("events come in order, with their connections, in one batch", () => {
  const { uplink, batches } = collect(10_000, false);
  uplink.opened(1, { address: "10.0.0.1", framing: 0 });
  say(uplink, 1, "hi");
  uplink.closed(1, "peer_closed");
  uplink.flush();
  expect(Array.from(batches[0]?.kinds ?? [])).toEqual([
    uplinkKind.opened,
    uplinkKind.message,
    uplinkKind.closed,
  ]);
  expect(batches[0]?.values).toEqual([
    { address: "10.0.0.1", framing: 0 },
    { type: "say", text: "hi" },
    "peer_closed",
  ]);
});

test("nothing gathered is nothing delivered", () => {
  const { uplink, batches } = collect(10_000, false);
  uplink.flush();
  expect(batches).toEqual([]);
});

test("the next batch gathers until the last is answered", () => {
  const { uplink, batches } = collect(10_000, false);
  say(uplink, 1, "a");
  uplink.flush();
  say(uplink, 1, "b");
  uplink.flush();
  say(uplink, 1, "c");
  uplink.flush();
  expect(batches).toHaveLength(1);
  uplink.answered();
  uplink.flush();
  expect(batches[1]?.values).toHaveLength(2);
});

test("credit is spent by what is gathered and comes back as the service takes it", () => {
  const { uplink, batches } = collect(100, false);
  expect(uplink.hasCredit).toBe(true);
  say(uplink, 1, "x".repeat(200));
  expect(uplink.hasCredit).toBe(false);
  uplink.flush();
  uplink.returnCredit(batches[0]?.bytes ?? 0);
  expect(uplink.hasCredit).toBe(true);
});

test("credit that came back is all the credit that was spent", () => {
  const { uplink, batches } = collect(1000, false);
  for (let round = 0; round < 50; round += 1) {
    while (uplink.hasCredit) say(uplink, 1, "x".repeat(round));
    uplink.flush();
    const batch = batches[round] as UplinkBatch;
    expect(batch.bytes).toBeGreaterThanOrEqual(1000);
    uplink.returnCredit(batch.bytes);
    uplink.answered();
  }
});

test("a batch between threads says what the one on a single thread says", () => {
  const [here, there] = [collect(10_000, false), collect(10_000, true)];
  for (const { uplink } of [here, there]) {
    uplink.opened(3, { address: '"::1" \\ 주소', framing: 1 });
    say(uplink, 3, '안녕 "quoted" \\ \u2028 \n');
    uplink.closed(3, "shutdown");
    uplink.flush();
  }
  const posted = structuredClone(toPosted(there.batches[0] as UplinkBatch));
  const arrived = fromPosted(posted);
  const direct = here.batches[0] as UplinkBatch;
  expect(arrived.values).toEqual(direct.values);
  expect(Array.from(arrived.kinds)).toEqual(Array.from(direct.kinds));
  expect(Array.from(arrived.connections)).toEqual(Array.from(direct.connections));
  expect(arrived.bytes).toBe(direct.bytes);
});
