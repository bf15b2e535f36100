// A server's half of one WebSocket (RFC 6455): the upgrade, then messages out of masked frames in any
// fragments; pings are answered, and a close is noticed. Text alone, no extensions, no compression.
// Does no I/O. Fed by a socket's data events, drained by a codec.
//
// Invariants: #fragments is set exactly between a message's first frame and its last; what is held is
// bufferedBytes and a bounded rest, however long a frame claims to be; of pings that came together the
// newest alone is answered, as the standard allows, so that answers never pile up.

import type { FrameFault, PayloadDecoder } from "../framing.ts";
import { type ClientHeader, judgeHeader, keyBytes, readClientHeader } from "./client-header.ts";
import { closeCode, closeFrame, readPeerClose, saidBy } from "./close-frame.ts";
import { Fragments } from "./fragments.ts";
import { ReceivedBytes } from "./received-bytes.ts";
import { controlFrame, finBit, isControl, opcode, opcodeBits } from "./server-frames.ts";
import { isText, unmask } from "./text.ts";
import { Upgrade, type UpgradeSettings } from "./upgrade.ts";

/** Of the frame that is being looked at: one for all decoders, of which one is looking at a time. */
const header: ClientHeader = { first: 0, isMasked: false, bytes: 0, isWhole: false, length: 0 };

const nothing = new Uint8Array(0);

export class WebSocketDecoder implements PayloadDecoder {
  payloadBytesMax: number;
  fault: FrameFault | null = null;
  ended = false;
  readonly #received = new ReceivedBytes();
  /** Null once it is done. */
  #upgrade: Upgrade | null;
  #fragments: Fragments | null = null;
  /** What we close with because of what the peer did: a fault's code, or its own. */
  #closeCode: number | null = null;
  #answer: Uint8Array = nothing;
  #pong: Uint8Array = nothing;
  #controlBytes = 0;

  constructor(payloadBytesMax: number, settings: UpgradeSettings) {
    this.payloadBytesMax = payloadBytesMax;
    this.#upgrade = new Upgrade(settings);
  }

  get bufferedBytes(): number {
    return this.#received.length + (this.#fragments?.length ?? 0);
  }

  /** Takes ownership of `chunk` until the last payload inside it has been used; unmasks it there. */
  push(chunk: Uint8Array): void {
    if (this.fault === null && !this.ended) this.#received.push(chunk);
  }

  next(): Uint8Array | null {
    if (this.#upgrade !== null && !this.#open(this.#upgrade)) return null;
    while (this.fault === null && !this.ended && readClientHeader(this.#received, header)) {
      if (!this.#isAllowed() || !header.isWhole) break;
      if (this.#received.length < header.bytes + header.length) break;
      const payload = this.#take();
      if (payload !== null) return payload;
    }
    this.#received.trim();
    return null;
  }

  clear(): void {
    this.#received.clear();
    this.#fragments = null;
  }

  takeReply(): Uint8Array | null {
    if (this.#answer.length === 0 && this.#pong.length === 0) return null;
    const reply = joined(this.#answer, this.#pong);
    this.#answer = nothing;
    this.#pong = nothing;
    return reply;
  }

  takeControlBytes(): number {
    const bytes = this.#controlBytes;
    this.#controlBytes = 0;
    return bytes;
  }

  farewell(close: Uint8Array): Uint8Array {
    const said = saidBy(close);
    if (this.#upgrade !== null) return this.#upgrade.farewell(said.reason, said.isTimeout);
    if (this.ended) return joined(close, closeFrame(this.#closeCode));
    return joined(close, closeFrame(this.#closeCode ?? said.code, said.text));
  }

  #open(upgrade: Upgrade): boolean {
    const before = this.#received.length;
    const answer = upgrade.read(this.#received);
    this.#controlBytes += before - this.#received.length;
    if (upgrade.refusal !== null) {
      this.#fail({ code: "malformed", message: "the upgrade was refused" });
    }
    if (answer === null) return false;
    this.#answer = answer;
    this.#upgrade = null;
    return true;
  }

  /** Faults are noticed in the header, and in as much of it as there is: its rest may never come. */
  #isAllowed(): boolean {
    const begun = this.#fragments?.length ?? 0;
    const fault = judgeHeader(header, this.#fragments !== null);
    if (fault !== null) {
      this.#closeCode = fault.code;
      this.#fail({ code: "malformed", message: fault.message });
    } else if (this.#isTooLong(begun)) {
      this.#closeCode = closeCode.tooBig;
      const length = begun + header.length;
      this.#fail({ code: "frame_too_large", length, limit: this.payloadBytesMax });
    }
    return this.fault === null;
  }

  #isTooLong(begun: number): boolean {
    if (isControl(header.first) || !header.isWhole) return false;
    return begun + header.length > this.payloadBytesMax;
  }

  /** Takes the frame whose header was read, and which is there; the payload of a message that is whole. */
  #take(): Uint8Array | null {
    const { first, bytes, length } = header;
    const key = this.#received.take(bytes).subarray(bytes - keyBytes);
    const payload = this.#received.take(length);
    unmask(payload, key);
    if (isControl(first)) {
      this.#controlBytes += bytes + length;
      this.#control(first & opcodeBits, payload);
      return null;
    }
    if ((first & finBit) !== 0 && this.#fragments === null) return this.#checked(payload);
    this.#controlBytes += bytes;
    this.#fragments ??= new Fragments();
    this.#fragments.append(payload);
    if ((first & finBit) === 0) return null;
    const message = this.#fragments.take();
    this.#fragments = null;
    return this.#checked(message);
  }

  #checked(payload: Uint8Array): Uint8Array | null {
    if (isText(payload)) return payload;
    this.#closeCode = closeCode.invalidText;
    this.#fail({ code: "malformed", message: "the text is not UTF-8" });
    return null;
  }

  #control(code: number, payload: Uint8Array): void {
    if (code === opcode.ping) this.#pong = controlFrame(opcode.pong, payload);
    if (code !== opcode.close) return;
    const close = readPeerClose(payload);
    this.#closeCode = close.code;
    if (close.fault !== null) return this.#fail({ code: "malformed", message: close.fault });
    this.ended = true;
    this.clear();
  }

  #fail(fault: FrameFault): void {
    this.fault = fault;
    this.clear();
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
