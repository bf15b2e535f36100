// How much may be said to a person who has not answered: by one sender in one conversation, and by all
// from one address together, for another nick and another connection are easily had. Small enough that
// a stranger can't flood the other. What is answered once has no budget any more.
// Bounded: of too many the one used longest ago goes; an address has a fixed number of them.

import { directParticipants, type NameKey } from "@maru/protocol/chat";
import type { ChatSettings } from "../settings.ts";
import type { ChatSession, Room } from "./room-and-session.ts";
import {
  UnansweredBudget,
  type UnansweredBudgetBounds,
  type UnansweredTaken,
} from "./unanswered-budget.ts";

export type UnansweredBounds = Pick<
  ChatSettings,
  "unansweredBurst" | "unansweredPerMinute" | "unansweredBytes" | "unansweredPerIp"
>;

/** Budgets of senders kept. One that is forgotten is full again; the address's is not forgotten with it. */
export const unansweredKept = 100_000;
/** Budgets of one address: people share them by chance, and a stranger can't fill them up. */
export const networkSlots = 64;

export type UnansweredAnswer =
  /** Null: nothing had to be taken. */
  | { readonly ok: true; readonly taken: UnansweredTaken | null }
  | { readonly ok: false; readonly retryAfterMs: number; readonly whose: "sender" | "network" };

const free: UnansweredAnswer = { ok: true, taken: null };

export class UnansweredBudgets {
  readonly #bounds: UnansweredBounds;
  /** By sender and room, the one used longest ago first. */
  readonly #bySender = new Map<string, UnansweredBudget>();

  constructor(bounds: UnansweredBounds) {
    this.#bounds = bounds;
  }

  /** Spends one entry of so many bytes, if both budgets have it. */
  take(
    room: Room,
    { nickKey, network }: ChatSession,
    bytes: number,
    now: number,
  ): UnansweredAnswer {
    const { unansweredPerMinute, unansweredPerIp } = this.#bounds;
    const other = silentOther(room, nickKey);
    if (unansweredPerMinute === 0 || other === null) return free;
    const key = `${nickKey}\n${room.key}`;
    const own = this.#bySender.get(key) ?? this.#create(1, now);
    const slot = slotOf(other);
    const shared = network.unanswered.get(slot) ?? this.#create(unansweredPerIp, now);
    const [ownMs, sharedMs] = [own.waitMs(now), shared.waitMs(now)];
    if (ownMs > 0 || sharedMs > 0) {
      const whose = ownMs > 0 ? "sender" : "network";
      return { ok: false, retryAfterMs: Math.max(ownMs, sharedMs), whose };
    }
    this.#keep(key, own);
    network.unanswered.set(slot, shared);
    const budgets = [own, shared];
    for (const budget of budgets) budget.take(bytes);
    return { ok: true, taken: { budgets, bytes } };
  }

  #create(times: number, now: number): UnansweredBudget {
    const { unansweredBurst, unansweredPerMinute, unansweredBytes } = this.#bounds;
    const bounds: UnansweredBudgetBounds = {
      burst: unansweredBurst * times,
      perMinute: unansweredPerMinute * times,
      bytes: unansweredBytes * times,
    };
    return new UnansweredBudget(bounds, now);
  }

  #keep(key: string, budget: UnansweredBudget): void {
    this.#bySender.delete(key);
    this.#bySender.set(key, budget);
    if (this.#bySender.size <= unansweredKept) return;
    const [oldest = ""] = this.#bySender.keys();
    this.#bySender.delete(oldest);
  }
}

/** Who has not answered the sender there; null: it is no conversation, or the other has spoken. */
function silentOther(room: Room, sender: NameKey): NameKey | null {
  const people = directParticipants(room.key);
  if (people === null) return null;
  return people.find((person) => person !== sender && !room.spoken.has(person)) ?? null;
}

function slotOf(name: NameKey): number {
  let hash = 0;
  for (let index = 0; index < name.length; index += 1) {
    hash = (Math.imul(hash, 31) + name.charCodeAt(index)) | 0;
  }
  return (hash >>> 0) % networkSlots;
}
