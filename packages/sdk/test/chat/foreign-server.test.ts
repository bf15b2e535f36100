// What a client says of a port where no Maru server listens, and whether it comes back.

import { afterEach, expect, test } from "bun:test";
import { VirtualClock } from "@maru/testkit";
import { connectChat, openChat } from "../../src/chat/mod.ts";
import { dialTcp } from "../../src/mod.ts";
import { endMeetings, failure, meet, nextPhase, startServer } from "./meet.ts";

afterEach(endMeetings);

const http = "HTTP/1.1 400 Bad Request\r\n\r\n";
const answers: [string, string][] = [
  ["it answered like HTTP", http],
  ["it answered like HTTP", "<!DOCTYPE html><title>no</title>"],
  ["it answered like SSH", "SSH-2.0-OpenSSH_9.9\r\n"],
  ["it answered like TLS", "\x15\x03\x03\0\x02\x02\x32"],
  ["it answered like VNC", "RFB 003.008\n"],
  ["it answered like a mail or FTP server", "220 mx.example ESMTP\r\n"],
  ["it answered like a POP3 server", "+OK ready\r\n"],
  ["it answered like an IMAP server", "* OK ready\r\n"],
  ["it answered like Redis", "-ERR unknown command\r\n"],
  ["it answered like NATS", 'INFO {"server_id":"x"}\r\n'],
  ["it answered like an IRC server", ":irc.example NOTICE * :*** Looking up"],
  ["it answered like MySQL", "\x4a\0\0\0\n8.0.36\0"],
  ["it answered like JSON without frames", '{"type":"welcome"}\n'],
  ['it answered "hi ·[2J·there, this is a…"', 'hi \x1b[2J"there, this is a test\n'],
  ['it answered "····{}"', "\0\0\0\x02{}"],
  ['it answered "····"', "\0\0\0\0"],
];

test.each(answers)("says that %s, and stops", async (how, answer) => {
  const server = startServer();
  const connecting = failure(connectChat({ port: server.port, retryFirst: true }));
  const connection = await server.accept();
  connection.raw(Buffer.from(answer, "latin1"));
  const error = await connecting;
  expect(error).toMatchObject({ code: "not_maru", retryable: false });
  expect(error.message).toBe(`127.0.0.1:${server.port} does not speak Maru: ${how}.`);
});

test("an answer that comes byte by byte is the same answer", async () => {
  const server = startServer();
  const connecting = failure(connectChat({ port: server.port }));
  const connection = await server.accept();
  for (const byte of Buffer.from("HTTP/1.1")) connection.raw(Uint8Array.of(byte));
  expect((await connecting).message).toContain("does not speak Maru");
});

test("a client that was welcomed there comes back: the other server may stand in for a while", async () => {
  const { server, client, connection, clock } = await meet();
  const events = client.events();
  connection.drop();
  await nextPhase(events, "waiting");
  clock.advance(125);
  const stranger = await server.accept();
  stranger.raw(Buffer.from(http));
  expect(await nextPhase(events, "waiting")).toMatchObject({ reason: { code: "not_maru" } });
});

test("what breaks the protocol behind the welcome is no foreign server", async () => {
  const { client, connection } = await meet({ reconnect: false });
  connection.raw(Buffer.from(http));
  expect(await client.closed()).toMatchObject({ code: "protocol_error" });
});

test.each([
  [1_000, "1 second"],
  [10_000, "10 seconds"],
])("a server that says nothing for %p ms is told apart", async (ms, time) => {
  const server = startServer();
  const clock = new VirtualClock();
  const connecting = failure(connectChat({ port: server.port, clock, connectTimeoutMs: ms }));
  const connection = await server.accept();
  await connection.expect("hello");
  clock.advance(ms - 1);
  expect(clock.pending).toBe(1);
  clock.advance(1);
  const place = `127.0.0.1:${server.port}`;
  expect((await connecting).message).toBe(
    `${place} took the connection and said nothing for ${time}; is it a Maru server?`,
  );
});

test("a network that answers nothing is told apart", async () => {
  const clock = new VirtualClock();
  const dial = () => ({
    ...{ writable: false, firstBytes: null },
    ...{ send() {}, pause() {}, resume() {}, end() {}, destroy() {} },
  });
  const { place } = dialTcp({ host: "::1", port: 7 });
  const connecting = failure(connectChat({ clock, dialer: { place, dial } }));
  clock.advance(10_000);
  expect((await connecting).message).toBe("No connection to [::1]:7: no answer within 10 seconds.");
});

test("a server that ends the connection without a word is told apart", async () => {
  const server = startServer();
  const connecting = failure(connectChat({ port: server.port }));
  const connection = await server.accept();
  await connection.expect("hello");
  connection.drop();
  expect((await connecting).message).toContain("is it a Maru server?");
});

test.each([
  ["nobody.invalid", "there is no host of that name"],
  ["256.256.256.256", "there is no host of that name"],
])("a host that is none (%s) is told in words", async (host, reason) => {
  const { code, message } = await failure(connectChat({ host, port: 7667 }));
  expect([code, message]).toEqual(["connect_failed", `No connection to ${host}:7667: ${reason}.`]);
});

test("onState hears what connect waits through", async () => {
  const server = startServer();
  const clock = new VirtualClock();
  const phases: string[] = [];
  const hopes = new Map<string, () => void>();
  const entered = (phase: string) => new Promise<void>((resolve) => hopes.set(phase, resolve));
  const [waiting, online] = [entered("waiting"), entered("online")];
  const onState = ({ phase }: { phase: string }) => {
    phases.push(phase);
    hopes.get(phase)?.();
  };
  const client = openChat({
    port: server.port,
    clock,
    retryFirst: true,
    eventsBuffered: 0,
    onState,
  });
  const first = await server.accept();
  first.say({ type: "close", code: "shutdown", reason: "later", reconnect: "now" });
  await waiting;
  clock.advance(1);
  await (await server.accept()).welcome();
  await online;
  expect(phases).toEqual(["connecting", "waiting", "connecting", "online"]);
  await client.close({ deadlineMs: 0 });
});
