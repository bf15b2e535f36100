import { expect, test } from "bun:test";
import { Exchange, unansweredMax } from "./exchange.ts";

const payloadOf = (message: object) => Buffer.from(JSON.stringify(message));

test("a reply names its command and the time since; each frame its place in its stream", () => {
  const exchange = new Exchange();
  const [hello, ping] = [payloadOf({ type: "hello", id: 1 }), payloadOf({ type: "ping", id: 7 })];
  expect(exchange.sent(hello, 1)).toMatchObject({ direction: "out", offset: 0, answers: null });
  expect(exchange.sent(ping, 2).offset).toBe(4 + hello.length);
  expect(exchange.nextId()).toBe(8);
  const pong = payloadOf({ type: "pong", re: 7 });
  expect(exchange.received(pong, 5.5)).toMatchObject({
    ...{ offset: 0, answers: { type: "ping", id: 7, ms: 3.5 } },
  });
  expect(exchange.received(pong, 6)).toMatchObject({ offset: 4 + pong.length, answers: null });
  expect(exchange.unanswered).toBe(1);
});

test("whatever a peer sends is something that was received", () => {
  const exchange = new Exchange();
  for (const text of ["", "null", "[1]", '"x"', "{", '{"re":"1"}', '{"re":{}}', '{"type":[]}']) {
    expect(exchange.received(Buffer.from(text), 1).answers).toBeNull();
  }
  expect(exchange.received(Uint8Array.of(255, 254), 1).message).toBeNull();
});

test("no more commands are remembered than a bound", () => {
  const exchange = new Exchange();
  for (let id = 1; id <= unansweredMax + 1; id += 1) exchange.sent(payloadOf({ id }), 0);
  expect(exchange.unanswered).toBe(unansweredMax);
  expect(exchange.received(payloadOf({ re: 1 }), 1).answers).toBeNull();
  expect(exchange.received(payloadOf({ re: 2 }), 1).answers?.id).toBe(2);
});
