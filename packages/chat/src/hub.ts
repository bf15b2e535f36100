// The hub: one pure state machine over sessions, nicks and rooms. Inputs are commands, ends of
// sessions, results of the log and ends of ticks; each gives effects, in order, and changes nothing
// outside. It sees no socket, no clock and no file.

import type { Command, CommandType } from "@maru/protocol/chat";
import { edit, react, redact } from "./command/amend.ts";
import { hello } from "./command/hello.ts";
import { history, historyRead } from "./command/history.ts";
import { inbox, inboxRead } from "./command/inbox.ts";
import { caughtUp, join } from "./command/join.ts";
import { leave } from "./command/leave.ts";
import { mark, marked } from "./command/mark.ts";
import { nick } from "./command/nick.ts";
import { ping } from "./command/ping.ts";
import { recallBefore, recalled } from "./command/recall.ts";
import { rooms } from "./command/rooms.ts";
import { found, search } from "./command/search.ts";
import { appended, send } from "./command/send.ts";
import { topic } from "./command/topic.ts";
import { typing } from "./command/typing.ts";
import { who } from "./command/who.ts";
import { costOf, refusalUs } from "./hub/command-costs.ts";
import { tellConversations } from "./hub/conversation-index.ts";
import type { CommandCost } from "./hub/cost-budget.ts";
import { depart, departuresPerTick, endDepartures } from "./hub/departures.ts";
import {
  type Effect,
  type Effects,
  fail,
  isRefusal,
  type LogTag,
  nothing,
  refused,
  type SessionId,
} from "./hub/effects.ts";
import { waitsForRooms } from "./hub/held-commands.ts";
import {
  createHubState,
  forgetFormerToken,
  forgetSession,
  type Handler,
  type HubConfig,
  type HubState,
} from "./hub/hub-state.ts";
import { addRoom, endLonely, forgetIfEmpty } from "./hub/membership.ts";
import { type ChatSession, createRoom, type SessionCommand } from "./hub/room-and-session.ts";
import { presenceWaitMs, tellPresence } from "./hub/tell-presence.ts";
import type { LogResult } from "./room-log.ts";

/** A command without an entry is a type error. `hello` alone needs no session yet. */
const handlers: { readonly [T in Exclude<CommandType, "hello">]: Handler<T> } = {
  join,
  leave,
  send,
  edit,
  redact,
  react,
  nick,
  topic,
  who,
  rooms,
  history,
  search,
  mark,
  inbox,
  typing,
  ping,
};

export class Hub {
  readonly #state: HubState;

  constructor(config: HubConfig) {
    this.#state = createHubState(config);
  }

  get sessionCount(): number {
    return this.#state.sessions.size;
  }

  get roomCount(): number {
    return this.#state.rooms.size;
  }

  /** `network`: where the session comes from, as far as one peer can't choose it. */
  command(id: SessionId, command: Command, now: number, network: string = ""): Effects {
    const session = this.#state.sessions.get(id);
    if (command.type === "hello") {
      return session === undefined
        ? hello(this.#state, { id, network }, command, now)
        : fail(id, command.id, "already_greeted");
    }
    // The engine lets nothing past before the greeting; a session that is gone is not answered.
    if (session === undefined) return nothing;
    if (session.formerToken !== null) forgetFormerToken(this.#state, session);
    const { held, config } = this.#state;
    const cost = costOf(command, session, config.durability);
    // The usual way: no command is held, and none of this session waits for a room.
    const isFree = held.isEmpty && session.waiting === 0 && session.costBudget.isOpen(now);
    return isFree
      ? this.#charge(session, command, cost, now)
      : this.#hold(session, command, cost, now);
  }

  /** Before the commit: carries out what has waited for its session's budget, as far as it may go now. */
  takeUp(now: number): Effects {
    const { held, config } = this.#state;
    if (held.isEmpty) return nothing;
    const effects: Effect[] = [];
    held.release((session, command) => {
      const cost = costOf(command, session, config.durability);
      effects.push(...this.#charge(session, command, cost, now));
      return cost;
    }, now);
    return effects;
  }

  /** Carries it out if its session has the budget, else lets it wait; refuses it where that is too long. */
  #hold(session: ChatSession, command: SessionCommand, cost: CommandCost, now: number): Effects {
    const { costBudget } = session;
    const { held } = this.#state;
    const ahead = held.costOf(session);
    const waitMs = costBudget.waitMs(now, ahead);
    if (!costBudget.isRefused(now, ahead)) {
      const isNext = waitMs === 0 && !held.has(session) && !waitsForRooms(session, command);
      if (isNext) return this.#charge(session, command, cost, now);
      if (held.add(session, command, cost, waitMs, now)) return nothing;
    }
    const retryAfterMs = costBudget.refuse(now, ahead);
    return fail(session.id, command.id, "rate_limited", { retryAfterMs });
  }

  #charge(session: ChatSession, command: SessionCommand, cost: CommandCost, now: number): Effects {
    session.costBudget.spend(cost);
    const effects = this.#carryOut(session, command, now);
    if (!isRefusal(effects)) return effects;
    session.costBudget.giveBack(cost.workUs - refusalUs);
    return recallBefore(effects, session, command);
  }

  #carryOut(session: ChatSession, command: SessionCommand, now: number): Effects {
    const handler = handlers[command.type] as Handler<CommandType>;
    return handler(this.#state, session, command, now);
  }

  /** The session's connection is gone. */
  closed(id: SessionId): Effects {
    const session = this.#state.sessions.get(id);
    if (session === undefined) return nothing;
    forgetSession(this.#state, session);
    const effects = depart(this.#state, session);
    this.#state.formerNicks.end(session);
    return [
      ...effects,
      ...tellConversations(this.#state, session.nickKey, { left: [session.nick] }),
    ];
  }

  logged(result: LogResult<LogTag>, now: number): Effects {
    const { tag } = result;
    switch (tag.kind) {
      case "open":
        return this.#opened(tag, result, now);
      case "append":
        return appended(this.#state, tag, result, now);
      case "recall":
        return recalled(this.#state, tag, result);
      case "history":
        return historyRead(this.#state, tag, result);
      case "catch-up":
        return caughtUp(this.#state, tag, result);
      case "search":
        return found(this.#state, tag, result);
      case "mark":
        return marked(tag, result);
      case "inbox":
        return inboxRead(this.#state, tag, result);
    }
  }

  /**
   * After the commit: ends what has been left, and tells the members of rooms whose presence has
   * changed, each room only every so often.
   */
  endTick(now: number): Effects {
    const state = this.#state;
    const departed = state.departures.waiting.size > 0 ? endDepartures(state) : nothing;
    state.departures.left = departuresPerTick;
    const ended = state.lonely.size > 0 ? endLonely(state) : nothing;
    const isTold = state.presenceDue.size > 0 || state.presenceWaiting.rooms.size > 0;
    const told = isTold ? tellPresence(state, now) : nothing;
    return [...departed, ...ended, ...told];
  }

  /** Milliseconds until another tick is wanted, though nothing may happen until then; null: none is. */
  wantsTickIn(now: number): number | null {
    const { departures, presenceWaiting, held } = this.#state;
    if (departures.waiting.size > 0) return 0;
    if (presenceWaiting.rooms.size === 0 && held.isEmpty) return null;
    const presenceMs = presenceWaitMs(this.#state, now);
    const heldMs = held.waitMs(now);
    return presenceMs === null || heldMs === null
      ? (presenceMs ?? heldMs)
      : Math.min(presenceMs, heldMs);
  }

  #opened(tag: Extract<LogTag, { kind: "open" }>, result: LogResult<LogTag>, now: number): Effects {
    const opening = this.#state.opening.get(tag.room);
    if (opening === undefined) return nothing;
    this.#state.opening.delete(tag.room);
    for (const { session } of opening.waiting) {
      const waiter = this.#state.sessions.get(session);
      if (waiter !== undefined) waiter.waiting -= 1;
    }
    this.#state.held.lookNow(now);
    const { openedBy } = opening;
    const first = this.#state.sessions.get(opening.waiting[0]?.session ?? 0);
    if (first !== undefined) first.opening -= 1;
    if (result.kind !== "opened") {
      openedBy.rooms -= 1;
      return opening.waiting.flatMap(({ session, command }) =>
        refused(session, command.id, result),
      );
    }
    const { epoch, head, topic: topicText, spoken } = result;
    const { name } = opening;
    const found = { epoch, head, topic: topicText, spoken };
    const room = createRoom({ key: tag.room, name, ...found, openedBy });
    addRoom(this.#state, room);
    const effects = opening.waiting.flatMap(({ session: waiting, command }) => {
      const session = this.#state.sessions.get(waiting);
      if (session === undefined) return nothing;
      // Its cost was taken when it was asked.
      const carried = this.#carryOut(session, command, now);
      return isRefusal(carried) ? recallBefore(carried, session, command) : carried;
    });
    // The sessions that waited may have gone, or may not enter after all.
    return [...effects, ...forgetIfEmpty(this.#state, room)];
  }
}
