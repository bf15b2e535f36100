import { expect, test } from "bun:test";
import { encodeFrame, lengthPrefixed } from "@maru/protocol";
import { readFrames, ScriptedSocket } from "@maru/testkit";
import fc from "fast-check";
import { OutboundQueue } from "./outbound-queue.ts";

/** What a user of the queue may do, with the size of a frame or the bytes that a socket takes. */
const move = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("append"), n: fc.nat({ max: 9000 }) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("flush"), n: fc.nat({ max: 12_000 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("drop"), n: fc.constant(0) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("short"), n: fc.nat({ max: 20_000 }) }) },
);

/** A frame that says its number and is `n` bytes longer than that. */
const frameOf = (number: number, n: number) =>
  encodeFrame(JSON.stringify({ type: "frame", number, filler: "x".repeat(n) }));

/** The queue next to a model of it: the frames appended, and the bytes that the socket took. */
class Model {
  readonly socket = new ScriptedSocket();
  readonly queue = new OutboundQueue(lengthPrefixed);
  frames: Uint8Array[] = [];
  #number = 0;

  #nextFrame(n: number): Uint8Array {
    this.#number += 1;
    return frameOf(this.#number, n);
  }

  do({ kind, n }: { kind: string; n: number }): void {
    if (kind === "append") {
      const frame = this.#nextFrame(n);
      this.frames.push(frame);
      this.queue.append(frame);
    } else if (kind === "flush") {
      this.socket.takes((offered) => Math.min(n, offered));
      this.queue.flush(this.socket);
    } else if (kind === "drop") {
      this.queue.dropUnsentFrames();
      this.#forgetUnsent();
    } else if (this.queue.bytes === 0) {
      this.#shortWrite(n);
    }
  }

  /** What the tick writer does with an empty queue: write first, keep the rest. */
  #shortWrite(n: number): void {
    const frames = [this.#nextFrame(n), this.#nextFrame(50), this.#nextFrame(n)];
    this.frames.push(...frames);
    const gathered = Buffer.concat(frames);
    this.socket.takes((offered) => Math.min(Math.floor(n / 2), offered - 1));
    const taken = this.socket.write(gathered);
    this.queue.keepRest(gathered, taken);
    gathered.fill(0);
  }

  #forgetUnsent(): void {
    let sent = this.socket.output.length;
    this.frames = this.frames.filter(({ length }) => {
      const begun = sent > 0;
      sent -= length;
      return begun;
    });
  }

  get input(): Buffer {
    return Buffer.concat(this.frames);
  }
}

test("whatever the socket takes, output is a prefix of input and the queue has the rest", () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
      const model = new Model();
      for (const each of moves) {
        model.do(each);
        const { output } = model.socket;
        expect(model.input.subarray(0, output.length).equals(output)).toBe(true);
        expect(model.queue.bytes).toBe(model.input.length - output.length);
      }
    }),
    { numRuns: 300 },
  );
});

test("after dropping unsent frames and a farewell, the stream is whole frames and ends with it", () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
      const model = new Model();
      for (const each of moves) model.do(each);
      model.do({ kind: "drop", n: 0 });
      model.queue.append(encodeFrame('{"type":"close"}'));
      model.socket.takes((offered) => offered);
      expect(model.queue.flush(model.socket)).toBe("empty");
      const { messages, restBytes } = readFrames(model.socket.output);
      expect(restBytes).toBe(0);
      expect(messages.at(-1)).toEqual({ type: "close" });
      const numbers = messages.slice(0, -1).map(({ number }) => number as number);
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    }),
    { numRuns: 300 },
  );
});
