import { expect, test } from "bun:test";
import { encodeFrame, lengthPrefixed, rawBytes } from "@maru/protocol";
import { isGone, readFrames, ScriptedSocket, takesEach, takesNothing } from "@maru/testkit";
import { OutboundQueue } from "./outbound-queue.ts";

const frame = (text: string) => encodeFrame(JSON.stringify({ type: "text", text }));

test("an empty queue asks nothing of the socket", () => {
  const socket = new ScriptedSocket();
  expect(new OutboundQueue(lengthPrefixed).flush(socket)).toBe("empty");
  expect(socket.writes).toEqual([]);
});

test("keeps its own copy, so that shared memory may be written again", () => {
  const queue = new OutboundQueue(lengthPrefixed);
  const socket = new ScriptedSocket();
  const shared = frame("mine");
  queue.append(shared);
  shared.fill(0);
  queue.flush(socket);
  expect(readFrames(socket.output).messages).toEqual([{ type: "text", text: "mine" }]);
});

test("keeps frame order when the kernel accepts one byte at a time", () => {
  const queue = new OutboundQueue(lengthPrefixed);
  const socket = new ScriptedSocket({ takes: () => 1 });
  for (const text of ["하나", "둘", "셋"]) queue.append(frame(text));
  while (queue.flush(socket) === "blocked");
  expect(readFrames(socket.output).messages.map(({ text }) => text)).toEqual(["하나", "둘", "셋"]);
});

test("a closed socket takes nothing and says so", () => {
  const queue = new OutboundQueue(lengthPrefixed);
  queue.append(frame("lost"));
  expect(queue.flush(new ScriptedSocket({ takes: isGone }))).toBe("closed");
});

test("dropping keeps the frame that has begun, to its last byte", () => {
  const queue = new OutboundQueue(lengthPrefixed);
  const [begun, unsent] = [frame("begun"), frame("unsent")];
  queue.append(begun);
  queue.append(unsent);
  queue.flush(new ScriptedSocket({ takes: takesEach(1) }));
  queue.dropUnsentFrames();
  expect(queue.bytes).toBe(begun.length - 1);
});

test("dropping between two frames leaves nothing", () => {
  const queue = new OutboundQueue(lengthPrefixed);
  const sent = frame("sent");
  queue.append(sent);
  queue.append(frame("unsent"));
  queue.flush(new ScriptedSocket({ takes: takesEach(sent.length) }));
  queue.dropUnsentFrames();
  expect(queue.bytes).toBe(0);
});

test("a frame of which only the header was sent is kept", () => {
  const queue = new OutboundQueue(lengthPrefixed);
  const begun = frame("begun");
  queue.keepRest(Buffer.concat([begun, frame("unsent")]), 4);
  queue.dropUnsentFrames();
  expect(queue.bytes).toBe(begun.length - 4);
});

test("without frames any byte is a boundary, and dropping drops all", () => {
  const queue = new OutboundQueue(rawBytes);
  queue.append(new Uint8Array(100));
  queue.flush(new ScriptedSocket({ takes: takesEach(7) }));
  queue.dropUnsentFrames();
  expect(queue.bytes).toBe(0);
});

test("a long queue costs a bounded number of writes: all that waits is offered at once", () => {
  const queue = new OutboundQueue(lengthPrefixed);
  const socket = new ScriptedSocket({ takes: takesNothing });
  queue.append(frame("first"));
  queue.flush(socket);
  for (let count = 0; count < 1000; count += 1) queue.append(frame("more"));
  socket.takes((offered) => offered);
  expect(queue.flush(socket)).toBe("empty");
  expect(socket.writes).toHaveLength(2);
});
