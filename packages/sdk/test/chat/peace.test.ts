// A client that is asked for peace keeps it, however long the time is that the server names; and what
// a program sets of times is judged before any timer is made of it.

import { afterEach, expect, test } from "bun:test";
import { encodeFrame, heartbeatMsMax, timerMsMax, waitMsMax } from "@maru/protocol";
import { VirtualClock } from "@maru/testkit";
import { chatSettings } from "../../src/chat/chat-options.ts";
import { connectChat, openChat } from "../../src/chat/mod.ts";
import type { FakeConnection } from "./fake-server.ts";
import { endMeetings, failure, meet, nextPhase, startServer } from "./meet.ts";

afterEach(endMeetings);

/** As a server may write them: more than a timer, than a whole number, than a number holds. */
const longTimes = [String(2 ** 31), String(Number.MAX_SAFE_INTEGER), "1e300", "1e999"];

const close = (fields: string) => `{"type":"close","code":"shutdown","reason":"r",${fields}}`;
const refusal = (re: number, code: string, wait: string) =>
  `{"type":"error","re":${re},"code":"${code}","message":"m","retryable":true,"retryAfterMs":${wait}}`;
const raw = (connection: FakeConnection, json: string) => connection.raw(encodeFrame(json));

for (const wait of longTimes) {
  for (const reconnect of ["now", "backoff"]) {
    test(`stays away for a day when told ${reconnect}, after ${wait} ms`, async () => {
      const { client, connection, clock } = await meet();
      const events = client.events();
      raw(connection, close(`"reconnect":"${reconnect}","afterMs":${wait}`));
      const waiting = await nextPhase(events, "waiting");
      if (waiting.phase !== "waiting") throw new Error(waiting.phase);
      expect(waiting.untilMs - clock.nowMs()).toBeGreaterThanOrEqual(waitMsMax);
      expect(waiting.untilMs - clock.nowMs()).toBeLessThan(waitMsMax + timerMsMax);
      clock.advance(waitMsMax - 1);
      expect(client.state.phase).toBe("waiting");
      clock.advance(30_001);
      expect(client.state.phase).toBe("connecting");
    });
  }

  test(`a greeting that is refused for ${wait} ms is not tried again before a day`, async () => {
    const server = startServer();
    const clock = new VirtualClock();
    const client = openChat({ port: server.port, nick: "ann", retryFirst: true, clock });
    const connection = await server.accept();
    const { id } = await connection.expect("hello");
    raw(connection, refusal(id, "busy", wait));
    const waiting = await nextPhase(client.events(), "waiting");
    expect(waiting).toMatchObject({ reason: { code: "busy", retryAfterMs: waitMsMax } });
    clock.advance(waitMsMax - 1);
    expect(client.state.phase).toBe("waiting");
    await client.close({ deadlineMs: 0 });
  });

  test(`a message that is refused for ${wait} ms waits, and its connection lives`, async () => {
    const { client, connection, clock } = await meet({}, { heartbeatMs: heartbeatMsMax });
    const sending = failure(client.send("lobby", "hello"));
    const { id } = await connection.expect("send");
    raw(connection, refusal(id, "rate_limited", wait));
    // What is answered after the refusal tells that the refusal has been read.
    const pong = client.ping();
    connection.say({ type: "pong", re: (await connection.expect("ping")).id });
    await pong;
    clock.advance(heartbeatMsMax / 2 - 1);
    expect(client.state.phase).toBe("online");
    const closing = client.close({ deadlineMs: 0 });
    clock.advance(0);
    await closing;
    await connection.closed;
    expect(connection.waiting).toBe(0);
    expect((await sending).code).toBe("closed");
  });

  test(`a heartbeat of ${wait} ms is one of an hour`, async () => {
    const { client, connection, clock } = await meet({}, { heartbeatMs: Number(wait) });
    clock.advance(heartbeatMsMax / 2 - 1);
    expect(connection.waiting).toBe(0);
    clock.advance(1);
    expect(await connection.expect("ping")).toBeDefined();
    expect(client.state.phase).toBe("online");
  });
}

const notTimes = [Number.NaN, -1, -0.5, Number.POSITIVE_INFINITY, timerMsMax + 1, 2 ** 53];
const durations = Object.keys(chatSettings({})).filter((key) => key.endsWith("Ms"));
const backoffs = Object.keys(chatSettings({}).backoff ?? {});

test("the options that are times are found", () => {
  expect(durations).toEqual(expect.arrayContaining(["connectTimeoutMs", "commandTimeoutMs"]));
  expect(backoffs).toEqual(["minMs", "maxMs"]);
});

test.each(durations)("%s is 0 to what a timer holds", (key) => {
  for (const ms of notTimes) {
    expect(() => chatSettings({ [key]: ms })).toThrow(
      expect.objectContaining({ code: "invalid_option", message: expect.stringContaining(key) }),
    );
  }
  for (const ms of [0, 0.5, timerMsMax])
    expect(chatSettings({ [key]: ms })).toMatchObject({ [key]: ms });
});

test.each(backoffs)("reconnect.%s is 1 to what a timer holds", (key) => {
  for (const ms of [...notTimes, 0]) {
    expect(() => chatSettings({ reconnect: { [key]: ms } })).toThrow(
      expect.objectContaining({ code: "invalid_option" }),
    );
  }
  for (const ms of [1, timerMsMax]) {
    expect(chatSettings({ reconnect: { [key]: ms } }).backoff).toMatchObject({ [key]: ms });
  }
});

test("connect and close reject what is no time, and the client lives on", async () => {
  const bad = await failure(connectChat({ connectTimeoutMs: Number.NaN }));
  expect(bad.code).toBe("invalid_option");
  const { client } = await meet();
  for (const deadlineMs of notTimes) {
    expect((await failure(client.close({ deadlineMs }))).code).toBe("invalid_option");
  }
  expect(client.state.phase).toBe("online");
});
