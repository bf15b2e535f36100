// What is said goes out through here: onto the disk first, then to the server, until it has answered.
// Owns the cids: the same one again for what is sent again, so that nothing is stored twice.

import type { Input } from "@maru/chat-model/model";
import { ChatError, type Client, createCids, type ReplyTo } from "@maru/sdk";
import type { ScreenEffect, ScreenInput } from "../../screen/model/screen-step.ts";
import type { Store } from "../../store/store.ts";
import { said } from "./perform.ts";
import { effectOf, unsentOf } from "./unsent-of.ts";

type Failed = Extract<Input, { type: "failed" }>;

export class Outbox {
  readonly #client: Client;
  readonly #store: Store;
  readonly #newCid = createCids();
  /** By the model's id for what is pending. */
  readonly #cids = new Map<number, string>();

  constructor(client: Client, store: Store) {
    this.#client = client;
    this.#store = store;
  }

  /** Takes up what an earlier run left unsent, under the ids that the model knows it by. */
  resume(cids: ReadonlyMap<number, string>, apply: (input: ScreenInput) => void): void {
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
      void this.#settled(answer, unsent.cid, effect).then(apply);
    }
  }

  /** Sends it; null: it is nothing that goes through the outbox. */
  send(effect: ScreenEffect): Promise<ScreenInput> | null {
    const id = effect.type === "send" ? effect.id : undefined;
    const cid = (id === undefined ? undefined : this.#cids.get(id)) ?? this.#newCid();
    const unsent = unsentOf(effect, cid);
    if (unsent === null) return null;
    if (id !== undefined) this.#cids.set(id, cid);
    this.#store.outbox.put(unsent);
    const [answer = Promise.reject(new Error("nothing was sent"))] = this.#client.resend([unsent]);
    return this.#settled(answer, cid, effect as Failed["effect"]);
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
    effect: Failed["effect"],
  ): Promise<ScreenInput> {
    try {
      const sent = await answer;
      this.#store.outbox.settle(cid);
      if (effect.type !== "send") return { type: "ticked" };
      if (effect.id !== undefined) this.#cids.delete(effect.id);
      return said(effect, sent);
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      // Closed by oneself: it goes out the next time.
      if (error.code === "closed") return { type: "ticked" };
      if (effect.type === "send") this.#store.outbox.fail(cid, error.message);
      else this.#store.outbox.settle(cid);
      return { type: "failed", effect, error };
    }
  }
}
