import { expect, test } from "bun:test";
import { ScriptedSocket, takesEach, takesNothing, takesUpTo } from "./scripted-socket.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);

test("takes what its script says and keeps a copy of it", () => {
  const socket = new ScriptedSocket({ takes: takesEach(2, 0) });
  const given = bytes(1, 2, 3);
  expect(socket.write(given)).toBe(2);
  expect(socket.write(given.subarray(2))).toBe(0);
  given.fill(9);
  expect(socket.write(bytes(3, 4))).toBe(2);
  expect([...socket.output]).toEqual([1, 2, 3, 4]);
  expect(socket.writes.map(({ taken }) => taken)).toEqual([2, 0, 2]);
});

test("a budget is spent over several writes", () => {
  const socket = new ScriptedSocket({ takes: takesUpTo(3) });
  expect([socket.write(bytes(1, 2)), socket.write(bytes(3, 4)), socket.write(bytes(5))]).toEqual([
    2, 1, 0,
  ]);
});

test("drain makes room and tells the writer that waits", () => {
  const socket = new ScriptedSocket({ takes: takesNothing });
  let drained = 0;
  socket.onDrain = () => {
    drained = socket.write(bytes(1, 2, 3));
  };
  expect(socket.write(bytes(1, 2, 3))).toBe(0);
  socket.drain();
  expect(drained).toBe(3);
});

test("a terminated socket takes nothing and says so once", () => {
  const socket = new ScriptedSocket();
  let closes = 0;
  socket.onClose = () => {
    closes += 1;
  };
  socket.terminate();
  socket.terminate();
  expect(socket.write(bytes(1))).toBe(-1);
  expect(closes).toBe(1);
});

test("a write behind the FIN is a bug of the writer and throws", () => {
  const socket = new ScriptedSocket();
  socket.shutdown();
  expect(() => socket.write(bytes(1))).toThrow("behind the FIN");
});
