// One connection's upgrade: gathers the request within its bound and keeps what was answered to it.
// Fed with what the decoder has received; what stands behind the request stays there, for frames.

import type { ReceivedBytes } from "./received-bytes.ts";
import { headEnd, type UpgradeRefusal, upgradeAccepted, upgradeRefused } from "./upgrade-answer.ts";
import { judgeUpgrade, type UpgradeRules } from "./upgrade-request.ts";

/** What every upgrade of a listener has in common. */
export interface UpgradeSettings extends UpgradeRules {
  /** Bytes of a request, with its empty line. */
  readonly requestBytesMax: number;
  /** The SHA-1 of a text, in base64: the package has no digest of its own. */
  readonly sha1Base64: (text: string) => string;
}

/** What the key of a request is answered with is made of it and of this (RFC 6455, 1.3). */
const keySuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

const textDecoder = new TextDecoder("latin1");

export class Upgrade {
  readonly #settings: UpgradeSettings;
  /** Bytes of the request in which its end was looked for. */
  #searched = 0;
  #refusal: UpgradeRefusal | null = null;

  constructor(settings: UpgradeSettings) {
    this.#settings = settings;
  }

  /** Why there is none; null as long as there may be one. */
  get refusal(): UpgradeRefusal | null {
    return this.#refusal;
  }

  /** The answer to the request, once it is there and may be had. Null: not yet, or `refusal` is set. */
  read(received: ReceivedBytes): Uint8Array | null {
    const { requestBytesMax, sha1Base64 } = this.#settings;
    const { bytes, start, end } = received;
    const behind = headEnd(bytes, start, start + this.#searched, end);
    this.#searched = received.length;
    if (behind - start > requestBytesMax || (behind < 0 && received.length >= requestBytesMax)) {
      const sentence = `A request may have ${requestBytesMax} bytes.`;
      return this.#refuse({ status: 431, sentence });
    }
    if (behind < 0) return null;
    const judged = judgeUpgrade(textDecoder.decode(received.take(behind - start)), this.#settings);
    if ("status" in judged) return this.#refuse(judged);
    return upgradeAccepted(sha1Base64(judged.key + keySuffix), judged.subprotocol);
  }

  /** The last words to who has none: its own refusal, or why the server ends it, as HTTP says it. */
  farewell(reason: string | null, isTimeout: boolean): Uint8Array {
    const sentence = reason ?? "The connection ended before its request was whole.";
    return upgradeRefused(this.#refusal ?? { status: isTimeout ? 408 : 503, sentence });
  }

  #refuse(refusal: UpgradeRefusal): null {
    this.#refusal = refusal;
    return null;
  }
}
