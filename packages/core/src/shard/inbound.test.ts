import { expect, test } from "bun:test";
import {
  type CloseReason,
  type ErrorReply,
  encodeFrame,
  type Framing,
  lengthPrefixed,
  type Protocol,
} from "@maru/protocol";
import { floorProtocol } from "../../test/floor/floor-protocol.ts";
import { guarded, kind, question, unit } from "../../test/framing/guarded.ts";
import { scriptedConnection } from "../../test/scripted-connection.ts";
import { Counters } from "../base/counters.ts";
import { type EngineLimits, resolveLimits } from "../base/limits.ts";
import type { ConnectionState } from "../connection/connection-state.ts";
import { Uplink, type UplinkBatch } from "../link/uplink.ts";
import { Inbound } from "./inbound.ts";

const handshaking: ConnectionState = { phase: "handshaking", deadlineMs: 1e9, failures: 0 };

function createInbound(
  given: Partial<EngineLimits> = {},
  state?: ConnectionState,
  framing: Framing = lengthPrefixed,
) {
  const limits = resolveLimits(given);
  const batches: UplinkBatch[] = [];
  const uplink = new Uplink(limits.uplinkBytes, false, (batch) => batches.push(batch));
  const counters = new Counters();
  const errors: ErrorReply[] = [];
  const closes: CloseReason[] = [];
  const { connection } = scriptedConnection({ framing, ...(state && { state }) });
  const inbound = new Inbound({
    protocol: floorProtocol as unknown as Protocol,
    framings: [framing],
    limits,
    uplink,
    counters,
    events: {
      refused: (_connection, error) => errors.push(error),
      finish(leaving, reason) {
        closes.push(reason);
        leaving.state = { phase: "draining", reason, deadlineMs: 0, answering: false };
      },
    },
  });
  /** Credit of the batches that were passed. */
  const spent = { bytes: 0 };
  const passed = () => {
    uplink.flush();
    if (batches.length > 0) uplink.answered();
    return batches.splice(0).flatMap(({ values, bytes }) => {
      spent.bytes += bytes;
      return values;
    });
  };
  const hear = (...payloads: (string | object)[]) => {
    const frames = payloads.map((each) =>
      encodeFrame(typeof each === "string" ? each : JSON.stringify(each)),
    );
    connection.decoder.push(new Uint8Array(Buffer.concat(frames)));
  };
  return { inbound, connection, uplink, counters, errors, closes, passed, spent, hear };
}

const opened = { address: "127.0.0.1", framing: 0 };
const nothing = (id: number) => ({ type: "nothing", id });
const codes = (list: readonly { code: string }[]) => list.map(({ code }) => code);

test("a turn is over after framesPerTurn frames, and the next goes on where it stopped", () => {
  const { inbound, connection, hear, passed } = createInbound({ framesPerTurn: 3 });
  hear(nothing(1), nothing(2), nothing(3), nothing(4));
  expect(inbound.turn(connection, 0)).toBe("more");
  expect(passed()).toEqual([opened, nothing(1), nothing(2), nothing(3)]);
  expect(inbound.turn(connection, 0)).toBe("idle");
  expect(passed()).toEqual([nothing(4)]);
});

test("as many commands pass as may be unanswered, and one more for each answer", () => {
  const { inbound, connection, hear, passed } = createInbound({ inflight: 2 });
  hear(nothing(1), nothing(2), nothing(3), nothing(4));
  expect(inbound.turn(connection, 0)).toBe("blocked");
  expect(passed()).toHaveLength(3);
  expect(inbound.turn(connection, 0)).toBe("blocked");
  connection.inflight -= 1;
  expect(inbound.turn(connection, 0)).toBe("blocked");
  expect(passed()).toEqual([nothing(3)]);
});

test("without credit nothing passes, and nothing is lost", () => {
  const { inbound, connection, uplink, hear, passed, spent } = createInbound({
    frameBytes: 100,
    helloFrameBytes: 100,
    outboundBytes: 200,
    uplinkBytes: 100,
  });
  hear(nothing(1), nothing(2));
  expect(inbound.turn(connection, 0)).toBe("blocked");
  expect(uplink.hasCredit).toBe(false);
  expect(passed()).toEqual([opened, nothing(1)]);
  uplink.returnCredit(spent.bytes);
  expect(inbound.turn(connection, 0)).toBe("idle");
  expect(passed()).toEqual([nothing(2)]);
});

test("the heartbeat is of whole frames: a part of one changes nothing", () => {
  const { inbound, connection } = createInbound();
  const frame = encodeFrame(JSON.stringify(nothing(1)));
  connection.decoder.push(frame.slice(0, 10));
  inbound.turn(connection, 500);
  expect(connection.lastFrameMs).toBe(0);
  connection.decoder.push(frame.slice(10));
  inbound.turn(connection, 600);
  expect(connection.lastFrameMs).toBe(600);
});

test.each([
  ["an unknown type", { type: "no-such", id: 7 }, { code: "unknown_type", field: "type" }],
  ["a field too many", { ...nothing(7), extra: 1 }, { code: "invalid_message", field: "extra" }],
  [
    "a field of another type",
    { type: "join", id: 7, room: 3 },
    { code: "invalid_message", field: "room" },
  ],
])("%s is answered by its id, and the connection lives", (_what, command, error) => {
  const { inbound, connection, errors, closes, hear, passed, counters } = createInbound();
  hear(command, nothing(8));
  expect(inbound.turn(connection, 0)).toBe("idle");
  expect(errors).toMatchObject([{ re: 7, retryable: false, ...error }]);
  expect(closes).toEqual([]);
  expect(passed()).toContainEqual(nothing(8));
  expect(counters.read()).toMatchObject({ framesRefused: 1, framesIn: 2 });
  expect(connection.inflight).toBe(1);
});

test.each([
  ["no JSON", "nonsense"],
  ["no object", "[1]"],
  ["an unknown type without an id", { type: "no-such" }],
  ["a command without an id", { type: "nothing" }],
  ["an id that is no number", { type: "nothing", id: "7" }],
  ["an id of 0", { type: "nothing", id: 0 }],
])("%s closes as malformed, and what follows is not read", (_what, payload) => {
  const { inbound, connection, errors, closes, hear, passed } = createInbound();
  hear(payload, nothing(8));
  expect(inbound.turn(connection, 0)).toBe("idle");
  expect(codes(closes)).toEqual(["malformed"]);
  expect(errors).toEqual([]);
  expect(passed()).toEqual([]);
});

test.each([0, 65_537, 0xffff_ffff])("a frame of %p bytes closes and says the bounds", (length) => {
  const { inbound, connection, closes, hear, passed } = createInbound();
  hear(nothing(1));
  const header = Buffer.alloc(4);
  header.writeUInt32BE(length);
  connection.decoder.push(header);
  inbound.turn(connection, 0);
  connection.decoder.push(header);
  inbound.turn(connection, 0);
  expect(codes(closes)).toEqual(["frame_too_large"]);
  expect(closes[0]?.reason).toContain(`${length} bytes is out of bounds: 1 to 65536`);
  expect(passed()).toHaveLength(2);
});

test("before the greeting only the greeting passes, and one at a time", () => {
  const { inbound, connection, hear, passed, closes } = createInbound({}, handshaking);
  hear({ type: "hello", id: 1, name: "a" }, nothing(2));
  expect(inbound.turn(connection, 0)).toBe("blocked");
  expect(passed()).toHaveLength(2);
  expect(closes).toEqual([]);
});

test.each([
  ["a command", nothing(1)],
  ["an unknown command", { type: "no-such", id: 1 }],
])("%s instead of the greeting closes", (_what, command) => {
  const { inbound, connection, hear, closes, errors, passed } = createInbound({}, handshaking);
  hear(command);
  inbound.turn(connection, 0);
  expect(codes(closes)).toEqual(["hello_required"]);
  expect([...errors, ...passed()]).toEqual([]);
});

test("a greeting that breaks a rule is answered, and may be tried again", () => {
  const { inbound, connection, hear, closes, errors } = createInbound({}, handshaking);
  hear({ type: "hello", id: 1, name: 5 });
  inbound.turn(connection, 0);
  expect(errors).toMatchObject([{ re: 1, code: "invalid_message", field: "name" }]);
  expect(closes).toEqual([]);
});

test("the service hears of a connection with its first valid message, and once", () => {
  const { inbound, connection, hear, passed } = createInbound();
  hear({ type: "no-such", id: 1 });
  inbound.turn(connection, 0);
  expect(passed()).toEqual([]);
  hear(nothing(2), nothing(3));
  inbound.turn(connection, 0);
  expect(passed()).toEqual([opened, nothing(2), nothing(3)]);
});

test("who is over its rate is told how long to wait, and takes no place of the service's", () => {
  const { inbound, connection, hear, errors, passed, counters } = createInbound({
    rates: [{ perSecond: 1, burst: 2 }],
  });
  hear(nothing(1), nothing(2), nothing(3));
  inbound.turn(connection, 0);
  expect(errors).toMatchObject([
    { re: 3, code: "rate_limited", retryable: true, retryAfterMs: 1000 },
  ]);
  expect(passed()).toHaveLength(3);
  expect(connection.inflight).toBe(2);
  expect(counters.read().framesRateLimited).toBe(1);
  hear(nothing(4));
  inbound.turn(connection, 1000);
  expect(passed()).toEqual([nothing(4)]);
});

test("a bucket counts its own types; the others share the one without types", () => {
  const { inbound, connection, hear, errors } = createInbound({
    rates: [
      { types: ["join"], perSecond: 1, burst: 1 },
      { perSecond: 1, burst: 2 },
    ],
  });
  const join = (id: number) => ({ type: "join", id, room: "r" });
  hear(join(1), nothing(2), { type: "hold", id: 3 }, join(4), nothing(5));
  inbound.turn(connection, 0);
  expect(errors.map(({ re }) => re)).toEqual([4, 5]);
});

test("refused commands count towards the rate too: errors are no way around it", () => {
  const { inbound, connection, hear, errors } = createInbound({
    rates: [{ perSecond: 1, burst: 2 }],
  });
  hear(...[1, 2, 3, 4].map((id) => ({ type: "no-such", id })));
  inbound.turn(connection, 0);
  expect(codes(errors)).toEqual(["unknown_type", "unknown_type", "rate_limited", "rate_limited"]);
});

test("two connections have buckets of their own", () => {
  const { inbound, connection, hear, errors } = createInbound({
    rates: [{ perSecond: 1, burst: 1 }],
  });
  const other = scriptedConnection({ id: 2 }).connection;
  hear(nothing(1));
  other.decoder.push(encodeFrame(JSON.stringify(nothing(1))));
  inbound.turn(connection, 0);
  inbound.turn(other, 0);
  expect(errors).toEqual([]);
});

test("what a framing answers by itself is heard of the peer, and counts as read", () => {
  const limits = { inboundRateBytes: 100, inboundBurstBytes: 100 };
  const { inbound, connection } = createInbound(limits, { phase: "active" }, guarded);
  connection.decoder.push(question);
  expect(inbound.turn(connection, 0)).toBe("idle");
  const ping = unit(kind.ping, new Uint8Array(60));
  connection.decoder.push(ping);
  expect(inbound.turn(connection, 1)).toBe("idle");
  expect(connection.lastFrameMs).toBe(1);
  connection.decoder.push(ping);
  expect(inbound.turn(connection, 2)).toBe("idle");
  connection.decoder.push(ping);
  expect(inbound.turn(connection, 3)).toBe("throttled");
  expect(connection.lastFrameMs).toBe(2);
  expect(inbound.turn(connection, 1_000)).toBe("idle");
  expect(connection.lastFrameMs).toBe(1_000);
});
