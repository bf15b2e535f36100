// Giving texts to a client and watching what becomes of each.
// Owns the count of what was acknowledged, the first refusal, and the patience with a server that
// acknowledges nothing. The window keeps the reader of the input at the server's pace.

import { startInterval } from "@maru/protocol";
import type { ChatClient, MaruError } from "@maru/sdk/chat";
import type { Cut } from "../line/line-cutter.ts";

/** Bytes that may be unacknowledged while more is read. */
const windowBytes = 256 * 1024;

export type Failure =
  | { readonly kind: "refused"; readonly line: number; readonly error: MaruError }
  | { readonly kind: "closed"; readonly error: MaruError }
  | { readonly kind: "impatient" };

export class Delivery {
  sent = 0;
  acknowledged = 0;
  /** Resolves with the first thing that went wrong; never when all goes well. */
  readonly failed: Promise<Failure>;
  readonly #client: ChatClient;
  readonly #room: string;
  readonly #stopPatience: () => void;
  #fail: (failure: Failure) => void = () => {};

  /** Fails when something waits and nothing was acknowledged for `patienceMs`, or twice that. */
  constructor(client: ChatClient, room: string, patienceMs: number) {
    this.#client = client;
    this.#room = room;
    this.failed = new Promise((resolve) => {
      this.#fail = resolve;
    });
    void client.closed().then((error) => this.#fail({ kind: "closed", error }));
    let before = -1;
    this.#stopPatience = startInterval(patienceMs, () => {
      const stuck = this.acknowledged === before && client.buffered > 0;
      before = this.acknowledged;
      if (stuck) this.#fail({ kind: "impatient" });
    });
  }

  /** Takes one text; resolves when the next may follow. */
  async give({ line, text }: Cut): Promise<void> {
    this.sent += 1;
    this.#client.send(this.#room, text, { unjoined: true }).then(
      () => {
        this.acknowledged += 1;
      },
      (error: MaruError) => this.#fail({ kind: "refused", line, error }),
    );
    if (this.#client.buffered > windowBytes) await this.#drained(windowBytes / 2);
  }

  /** Resolves when everything given has its answer. */
  finished(): Promise<void> {
    return this.#drained(0);
  }

  end(): void {
    this.#stopPatience();
  }

  async #drained(bytes: number): Promise<void> {
    // A client that is closed drains nothing more; `failed` says so.
    await this.#client.drained(bytes).catch(() => new Promise(() => {}));
  }
}
