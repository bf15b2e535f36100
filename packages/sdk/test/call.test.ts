// Calls, notices and events of a protocol that the SDK does not know: what goes over the wire, and what
// comes back.

import { afterEach, expect, test } from "bun:test";
import type { WireMessage } from "@maru/protocol";
import { endBoards, failure, meetBoard } from "./board.ts";

afterEach(endBoards);

const moved = { type: "moved", board: "a", x: 1, y: 2, name: "bob" };
const secondMove = { ...moved, x: 2, added: 1 };

test("a call gives the fields of its reply", async () => {
  const { client, peer } = await meetBoard();
  const entering = client.call("enter", { board: "a" });
  const command = await peer.next("enter");
  expect(command).toEqual({ type: "enter", board: "a", id: command.id });
  const cursors = [{ board: "a", x: 1, y: 2 }];
  await peer.send({ type: "entered", re: command.id, cursors });
  expect(await entering).toEqual({ cursors });
  expect(client.welcome).toEqual({ name: "ann", heartbeatMs: 30_000 });
});

test("a refused call rejects with the server's code, and the next one is answered", async () => {
  const { client, peer } = await meetBoard();
  const refused = failure(client.call("enter", { board: "a" }));
  const { id } = await peer.next("enter");
  const error = { code: "full", message: "m", retryable: true, retryAfterMs: 70, field: "board" };
  await peer.send({ type: "error", re: id, ...error });
  expect(await refused).toMatchObject(error);
  const entering = client.call("enter", { board: "b" });
  await peer.send({ type: "entered", re: (await peer.next("enter")).id, cursors: [] });
  expect(await entering).toEqual({ cursors: [] });
});

test("a call that breaks a rule is not sent, and names the field", async () => {
  const { client, peer } = await meetBoard();
  const error = await failure(client.call("enter", { board: "too long a name" }));
  expect(error).toMatchObject({ code: "invalid_message", retryable: false, field: "board" });
  void client.ping().catch(() => {});
  expect((await peer.next()).type).toBe("ping");
});

test("the reply of another command is no answer", async () => {
  const { client, peer } = await meetBoard();
  const refused = failure(client.call("enter", { board: "a" }));
  await peer.send({ type: "cleared", re: (await peer.next("enter")).id });
  expect(await refused).toMatchObject({ code: "protocol_error" });
});

test("a call is given up by its signal, or when its time is over, and a late reply is let go", async () => {
  const { client, peer, clock } = await meetBoard();
  const abort = new AbortController();
  const aborted = failure(client.call("enter", { board: "a" }, { signal: abort.signal }));
  const late = await peer.next("enter");
  abort.abort("enough");
  expect(await aborted).toMatchObject({ code: "aborted", cause: "enough" });
  await peer.send({ type: "entered", re: late.id, cursors: [] });

  const slow = failure(client.call("enter", { board: "a" }, { timeoutMs: 20 }));
  await peer.next("enter");
  clock.advance(19);
  const patient = client.call("enter", { board: "b" }, { timeoutMs: null });
  const { id } = await peer.next("enter");
  clock.advance(1);
  expect(await slow).toMatchObject({ code: "timeout", retryable: true });
  clock.advance(15_000);
  await peer.send({ type: "entered", re: id, cursors: [] });
  expect(await patient).toEqual({ cursors: [] });

  const before = client.call("enter", { board: "a" }, { signal: AbortSignal.abort() });
  expect(await failure(before)).toMatchObject({ code: "aborted" });
});

test("a notice has no id, and is dropped rather than kept", async () => {
  const { client, peer } = await meetBoard({ reconnect: { minMs: 1_000 } });
  expect(client.notify("move", { board: "a", x: 1, y: 2 })).toBe(true);
  expect(await peer.next()).toEqual({ type: "move", board: "a", x: 1, y: 2 });
  expect(() => client.notify("move", { board: "a", x: 0.5, y: 2 })).toThrow(
    expect.objectContaining({ code: "invalid_message", field: "x" }),
  );
  const events = client.events();
  peer.socket.reset();
  for (let state = client.state; state.phase !== "waiting"; ) {
    const { value } = await events.next();
    if (value?.type === "$state") state = value.state;
  }
  expect(client.notify("move", { board: "a", x: 1, y: 2 })).toBe(false);
});

test("notices do not count among the calls that may be unanswered", async () => {
  const { client, peer } = await meetBoard({ inflightMax: 1 });
  for (let x = 0; x < 300; x += 1) client.notify("move", { board: "a", x, y: 0 });
  const entering = client.call("enter", { board: "a" });
  expect(await peer.until("move", 300)).toHaveLength(300);
  await peer.send({ type: "entered", re: (await peer.next("enter")).id, cursors: [] });
  await entering;
});

test("events come in order, and one that the protocol has no word for as it came", async () => {
  const { client, peer } = await meetBoard();
  const painted = { type: "painted", colour: "red" };
  const messages: WireMessage[] = [moved, painted, secondMove];
  await peer.send(...messages);
  const seen: unknown[] = [];
  for await (const event of client.events()) {
    if (event.type === "$state") continue;
    seen.push(event.type === "moved" ? event.x : event);
    if (seen.length === 3) break;
  }
  expect(seen).toEqual([1, { type: "$unknown", message: { type: "painted", colour: "red" } }, 2]);
});

test("an event may have a field re of its own, known or not", async () => {
  const { client, peer } = await meetBoard();
  const entering = client.call("enter", { board: "a" });
  const { id: re } = await peer.next("enter");
  const messages: WireMessage[] = [
    { type: "answered", re } as WireMessage,
    { type: "painted", re: 99 } as WireMessage,
    { type: "cleared", re: 99 } as WireMessage,
    { type: "entered", re, cursors: [] } as WireMessage,
  ];
  await peer.send(...messages);
  expect(await entering).toEqual({ cursors: [] });
  const events = client.events();
  await events.next();
  expect((await events.next()).value).toEqual({ type: "answered", re: Number(re) });
  expect((await events.next()).value).toMatchObject({ type: "$unknown", message: { re: 99 } });
});

test("an event of the protocol that breaks its rule ends the connection", async () => {
  const { client, peer } = await meetBoard({ reconnect: false });
  const wrong: WireMessage = { ...moved, ...{ x: "one" } };
  await peer.send(wrong);
  expect(await client.closed()).toMatchObject({ code: "protocol_error" });
});

test("request sends any command, and gives the reply as it came", async () => {
  const { client, peer } = await meetBoard();
  const entering = client.request({ type: "enter", board: "a" });
  const { id } = await peer.next("enter");
  await peer.send({ type: "entered", re: id, cursors: [] });
  expect((await entering).cursors).toEqual([]);

  const painting = client.request({ type: "paint", colour: "red" });
  const paint = await peer.next("paint");
  expect(paint).toEqual({ type: "paint", colour: "red", id: paint.id });
  await peer.send({ type: "painted", re: paint.id, dry: false });
  expect(await painting).toEqual({ type: "painted", re: paint.id, dry: false });
  expect(await failure(client.request({ type: "enter" }))).toMatchObject({ field: "board" });
});

test("calls beyond inflightMax wait, and beyond callsMax are refused", async () => {
  const { client, peer } = await meetBoard({ inflightMax: 2, callsMax: 3 });
  const calls = ["a", "b", "c"].map((board) => client.call("enter", { board }));
  const refused = await failure(client.call("enter", { board: "d" }));
  expect(refused).toMatchObject({ code: "too_many_calls", retryable: true });
  const [first, second] = await peer.take(2, "enter");
  expect([first?.board, second?.board, peer.untaken]).toEqual(["a", "b", 0]);
  await peer.send({ type: "entered", re: first?.id, cursors: [] });
  const third = await peer.next("enter");
  expect(third.board).toBe("c");
  const more = client.call("enter", { board: "d" });
  for (const re of [second?.id, third.id, Number(third.id) + 1]) {
    await peer.send({ type: "entered", re, cursors: [] });
  }
  await Promise.all([...calls, more]);
});

test("what no protocol has does not compile", async () => {
  const { client } = await meetBoard();
  const wrong = () => {
    // @ts-expect-error: no such command
    void client.call("entre", { board: "a" });
    // @ts-expect-error: no such field
    void client.call("enter", { bord: "a" });
    // @ts-expect-error: the greeting is said by the client
    void client.call("hello", { token: "t" });
    // @ts-expect-error: a notice is no command
    void client.call("move", { board: "a", x: 1, y: 1 });
    // @ts-expect-error: no such field in the reply
    void client.call("enter", { board: "a" }).then((reply) => reply.cursor);
    // @ts-expect-error: a number
    client.notify("move", { board: "a", x: "1", y: 1 });
  };
  expect(wrong).toBeFunction();
});
