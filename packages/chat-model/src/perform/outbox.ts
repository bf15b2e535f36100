// What is said goes out through here: onto the disk first, then to the server, until it has answered.
// Owns the cids: the same one again for what is sent again, so that nothing is stored twice.

import { type ChatClient, createCids, MaruError, type ReplyTo, type Unsent } from "@maru/sdk/chat";
import type { Input } from "../model/step.ts";
import { said } from "./perform.ts";
import { effectOf, type KeptEffect, unsentOf } from "./unsent-of.ts";

/** Where what is not acknowledged survives this process. */
export interface OutboxStore {
  /** What an earlier run left: not acknowledged, and refused. */
  readonly stored: {
    readonly outbox: readonly Unsent[];
    readonly failed: readonly { readonly unsent: Unsent }[];
  };
  readonly outbox: {
    /** It waits to be sent; a refused one waits again. On disk before it is sent. */
    put(unsent: Unsent): void;
    /** It was stored, or dropped: it is done with. */
    settle(cid: string): void;
    /** It was refused: its text stays until it is put again or settled. */
    fail(cid: string, reason: string): void;
  };
}

export class Outbox {
  readonly #client: ChatClient;
  readonly #store: OutboxStore;
  readonly #newCid = createCids();
  /** By the model's id for what is pending. */
  readonly #cids = new Map<number, string>();

  constructor(client: ChatClient, store: OutboxStore) {
    this.#client = client;
    this.#store = store;
  }

  /** Takes up what an earlier run left unsent, under the ids that the model knows it by. */
  resume(cids: ReadonlyMap<number, string>, answered: (input: Input | null) => void): void {
    for (const [id, cid] of cids) this.#cids.set(id, cid);
    const { outbox } = this.#store.stored;
    // Of these the person was told when they were refused; nothing of them is theirs to send again.
    for (const { unsent } of this.#store.stored.failed) {
      if (unsent.type !== "send") this.#store.outbox.settle(unsent.cid);
    }
    const ids = new Map([...cids].map(([id, cid]) => [cid, id]));
    for (const [index, answer] of this.#client.resend(outbox).entries()) {
      const unsent = outbox[index];
      if (unsent === undefined) continue;
      const effect = effectOf(unsent, ids.get(unsent.cid));
      void this.#settled(answer, unsent.cid, effect).then(answered);
    }
  }

  /** Sends it; resolves with what became of it, null where the events tell. */
  send(effect: KeptEffect): Promise<Input | null> {
    const id = effect.type === "send" ? effect.id : undefined;
    const cid = (id === undefined ? undefined : this.#cids.get(id)) ?? this.#newCid();
    const unsent = unsentOf(effect, cid);
    if (id !== undefined) this.#cids.set(id, cid);
    this.#store.outbox.put(unsent);
    const [answer = Promise.reject(new Error("nothing was sent"))] = this.#client.resend([unsent]);
    return this.#settled(answer, cid, effect);
  }

  /** What was refused is not wanted any more. */
  forget(id: number): void {
    const cid = this.#cids.get(id);
    if (cid === undefined) return;
    this.#cids.delete(id);
    this.#store.outbox.settle(cid);
  }

  async #settled(
    answer: Promise<ReplyTo<"send">>,
    cid: string,
    effect: KeptEffect,
  ): Promise<Input | null> {
    try {
      const sent = await answer;
      this.#store.outbox.settle(cid);
      if (effect.type !== "send") return null;
      if (effect.id !== undefined) this.#cids.delete(effect.id);
      return said(effect, sent);
    } catch (error) {
      if (!(error instanceof MaruError)) throw error;
      // Closed by oneself: it goes out the next time.
      if (error.code === "closed") return null;
      if (effect.type === "send") this.#store.outbox.fail(cid, error.message);
      else this.#store.outbox.settle(cid);
      return { type: "failed", effect, error };
    }
  }
}

export interface WayOut {
  /** Whether the outbox of this client is on disk. */
  readonly isOwner: boolean;
  readonly isGuest: boolean;
}

/** What a client that ends says about what the server has not acknowledged. */
export function unsentText(count: number, { isOwner, isGuest }: WayOut): string {
  const left = `${count} not acknowledged yet`;
  if (!isOwner) return `${left}, and not kept: look whether it has arrived`;
  // A cid counts for one nick, and the next guest is another one.
  if (isGuest) return `${left}: kept, and shown as refused the next time, as you are a guest`;
  return `${left}: kept, and sent the next time`;
}
