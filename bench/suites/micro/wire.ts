// One message's way in and out of the wire format: frames, JSON, validation.

import { encodeFrame, encodeFrameInto, FrameDecoder } from "@maru/protocol";
import { chatProtocol } from "@maru/protocol/chat";
import { bench, do_not_optimize, group, run } from "mitata";

const text = "x".repeat(64);
const command = JSON.stringify({ type: "send", id: 12345, room: "lobby", text });
const payload = new TextEncoder().encode(command);
/** What one socket may deliver at once: 64 commands. */
const chunk = Buffer.concat(Array.from({ length: 64 }, () => encodeFrame(command)));
const event = {
  type: "message",
  room: "lobby",
  seq: 1,
  at: Date.now(),
  from: "mina",
  text,
} as const;
const target = new Uint8Array(new SharedArrayBuffer(4_096));

/** Prints what mitata has to say. */
export async function measureWire(): Promise<void> {
  group("in", () => {
    bench("64 frames out of one chunk", () => {
      const decoder = new FrameDecoder(65_536);
      decoder.push(chunk);
      while (decoder.next() !== null);
    });
    bench("decode and validate one send", () =>
      do_not_optimize(chatProtocol.client.decode(payload)),
    );
  });
  group("out", () => {
    bench("encode one event into shared memory", () => {
      do_not_optimize(encodeFrameInto(target, 0, chatProtocol.server.encode(event)));
    });
  });
  await run();
}
