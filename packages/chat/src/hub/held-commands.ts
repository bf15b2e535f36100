// Commands that came before their session's budget allows them, or before a room that an earlier one
// waits for has been loaded, where that matters: they wait here, in the order in which
// they were asked, and are carried out as the budget refills. A refusal instead would fall in the
// middle of what a client has on the way, and what it asks again would stand behind what it asked later.
//
// Invariants: a session that has a line here has a command in it; the bytes of all lines together are
// ≥ 0, those from one address are among them, and without lines there are none.

import { assert } from "@maru/protocol";
import type { ChatSettings } from "../settings.ts";
import type { CommandCost } from "./cost-budget.ts";
import type { ChatSession, SessionCommand } from "./room-and-session.ts";

/** A session may take half of the bytes that the others leave, as far as its address may. */
export type HoldBounds = Pick<ChatSettings, "holdMs" | "holdBytes">;

/** All sessions from one address may take so many times what is free, which leaves a ninth to others. */
const networkShare = 8;

/** Microseconds of work, as it is priced, that are carried out in one tick of what waited. */
export const heldWorkPerTickUs = 5_000;

/** Not more often than this, milliseconds: each time costs a look at every session that waits. */
const lookEveryMs = 5;

/** What a command takes beside its strings. */
const commandBytes = 512;

interface Held {
  readonly command: SessionCommand;
  /** As it was priced when it came. */
  readonly cost: CommandCost;
  readonly bytes: number;
}

interface Line {
  readonly commands: Held[];
  cost: CommandCost;
  bytes: number;
}

const free: CommandCost = { workUs: 0, fanoutBytes: 0 };

export class HeldCommands {
  readonly #bounds: HoldBounds;
  /** Whose turn it is first. */
  readonly #lines = new Map<ChatSession, Line>();
  #bytes = 0;
  /** When the first of them may go on, said at `#setMs`; a clock that is set back makes it now. */
  #dueMs = Number.POSITIVE_INFINITY;
  #setMs = 0;

  constructor(bounds: HoldBounds) {
    this.#bounds = bounds;
  }

  get isEmpty(): boolean {
    return this.#lines.size === 0;
  }

  has(session: ChatSession): boolean {
    return this.#lines.has(session);
  }

  /** What the session's waiting commands cost together. */
  costOf(session: ChatSession): CommandCost {
    return this.#lines.get(session)?.cost ?? free;
  }

  /** Puts it behind the session's others, `waitMs` from now; false: it would wait too long, or take too much. */
  add(
    session: ChatSession,
    command: SessionCommand,
    cost: CommandCost,
    waitMs: number,
    now: number,
  ): boolean {
    const bytes = bytesOf(command);
    const line = this.#lines.get(session);
    const others = this.#bytes - (line?.bytes ?? 0);
    const share = (this.#bounds.holdBytes - others) / 2;
    if (waitMs > this.#bounds.holdMs || (line?.bytes ?? 0) + bytes > share) return false;
    const { network } = session;
    const unused = this.#bounds.holdBytes - this.#bytes - bytes;
    if (network.heldBytes + bytes > networkShare * unused) return false;
    if (line === undefined) {
      this.#lines.set(session, { commands: [{ command, cost, bytes }], cost, bytes });
      this.#lookAt(Math.min(this.#dueMs, dueMsOf(waitMs, now)), now);
    } else {
      line.commands.push({ command, cost, bytes });
      line.cost = plus(line.cost, cost, 1);
      line.bytes += bytes;
    }
    this.#bytes += bytes;
    network.heldBytes += bytes;
    this.#check(session);
    return true;
  }

  /**
   * Carries out what may be carried out now, a session after the other; `run` returns what it cost.
   * Ends when the tick has had its share of such work: the next one begins with the others.
   */
  release(run: (session: ChatSession, command: SessionCommand) => CommandCost, now: number): void {
    if (this.waitMs(now) !== 0) return;
    let leftUs = heldWorkPerTickUs;
    let soonestMs = Number.POSITIVE_INFINITY;
    for (const [session, line] of this.#lines) {
      let waitMs = waitMsOf(session, line, now);
      while (waitMs === 0 && leftUs > 0) {
        const command = this.#take(session, line);
        if (command === undefined) break;
        leftUs -= run(session, command).workUs;
        waitMs = waitMsOf(session, line, now);
      }
      if (line.commands.length > 0) soonestMs = Math.min(soonestMs, waitMs);
      if (leftUs > 0) continue;
      if (this.#lines.delete(session) && line.commands.length > 0) this.#lines.set(session, line);
      soonestMs = 0;
      break;
    }
    this.#lookAt(dueMsOf(soonestMs, now), now);
  }

  /** Milliseconds until `release` has something to do; null: nothing waits. */
  waitMs(now: number): number | null {
    if (this.#lines.size === 0) return null;
    return now < this.#setMs ? 0 : Math.max(0, this.#dueMs - now);
  }

  /** Something may go on before it was due. */
  lookNow(now: number): void {
    this.#lookAt(now, now);
  }

  /** The session is gone, and what it asked is not answered. */
  drop(session: ChatSession): void {
    const line = this.#lines.get(session);
    if (line === undefined) return;
    this.#lines.delete(session);
    this.#bytes -= line.bytes;
    session.network.heldBytes -= line.bytes;
    this.#check(session);
  }

  #take(session: ChatSession, line: Line): SessionCommand | undefined {
    const held = line.commands.shift();
    if (held === undefined) return undefined;
    line.cost = plus(line.cost, held.cost, -1);
    line.bytes -= held.bytes;
    this.#bytes -= held.bytes;
    session.network.heldBytes -= held.bytes;
    if (line.commands.length === 0) this.#lines.delete(session);
    this.#check(session);
    return held.command;
  }

  #check(session: ChatSession): void {
    const { heldBytes } = session.network;
    const isSound = 0 <= heldBytes && heldBytes <= this.#bytes;
    assert(isSound, "0 ≤ bytes held from one address ≤ bytes of all held commands");
    assert(this.#lines.size > 0 || this.#bytes === 0, "without lines no bytes are held");
    const line = this.#lines.get(session);
    assert(line === undefined || line.commands.length > 0, "a session's line has a command");
  }

  #lookAt(dueMs: number, now: number): void {
    this.#dueMs = dueMs;
    this.#setMs = now;
  }
}

/**
 * Another nick has to wait for what was asked before it under the old one: a room that is still being
 * loaded may be entered by that one alone.
 */
export function waitsForRooms(session: ChatSession, command: SessionCommand | undefined): boolean {
  return command?.type === "nick" && session.waiting > 0;
}

/** Until the session's next may go on: what waits for a room is looked at again soon. */
function waitMsOf(session: ChatSession, { commands }: Line, now: number): number {
  const waitMs = session.costBudget.waitMs(now);
  return waitsForRooms(session, commands[0]?.command) ? Math.max(lookEveryMs, waitMs) : waitMs;
}

function dueMsOf(waitMs: number, now: number): number {
  return now + (waitMs === 0 ? 0 : Math.max(lookEveryMs, waitMs));
}

function plus(one: CommandCost, other: CommandCost, sign: 1 | -1): CommandCost {
  return {
    workUs: one.workUs + sign * other.workUs,
    fanoutBytes: one.fanoutBytes + sign * other.fanoutBytes,
  };
}

function bytesOf(command: SessionCommand): number {
  let units = 0;
  for (const value of Object.values(command)) if (typeof value === "string") units += value.length;
  return commandBytes + 2 * units;
}
