// All of the chat's state, in plain single-threaded data. Only handlers change it.

import type { CommandOf, CommandType, Limits, NameKey, RoomName } from "@maru/protocol/chat";
import type { ChatSettings } from "../settings.ts";
import { ConversationIndex } from "./conversation-index.ts";
import { createDepartures, type DepartureState } from "./departures.ts";
import type { Effects, SessionId } from "./effects.ts";
import { FormerNicks } from "./former-nicks.ts";
import { HeldCommands } from "./held-commands.ts";
import { LeftConversations } from "./left-conversations.ts";
import { type Network, Networks } from "./networks.ts";
import { NickRegistry } from "./nick-registry.ts";
import type { ChatSession, SessionCommand } from "./room-and-session.ts";
import { SortedTable } from "./sorted-table.ts";
import { createPresenceWaiting } from "./tell-presence.ts";
import { UnansweredBudgets } from "./unanswered.ts";

/**
 * Settings of the chat by their own names, and what `welcome` announces; of that the hub itself holds
 * textBytes, roomsPerSession and historyPage.
 */
export interface HubConfig extends ChatSettings, Readonly<Limits> {
  /** Name and version, for `welcome`. */
  readonly server: string;
  readonly durability: "memory" | "os" | "fsync" | "replicated";
  readonly heartbeatMs: number;
  /** A fresh secret, for a session's token; and its first letters for a guest's nick. */
  readonly createToken: () => string;
}

/** A command that waits until its room has been loaded. */
export interface Waiting {
  readonly session: SessionId;
  readonly command: SessionCommand;
}

/** A room being loaded, how its first visitor writes it, and who waits. */
export interface Opening {
  readonly name: RoomName;
  readonly waiting: Waiting[];
  readonly openedBy: Network;
}

/** Whatever shows this token is no longer believed, nor the one before it. */
function forgetTokens(state: HubState, session: ChatSession): void {
  state.byToken.delete(session.token);
  forgetFormerToken(state, session);
}

/** The session's new token has arrived. */
export function forgetFormerToken(state: HubState, session: ChatSession): void {
  if (session.formerToken === null) return;
  state.byToken.delete(session.formerToken);
  session.formerToken = null;
}

/** The session is no more: it is not found, holds no nick, and nothing of it is carried out later. */
export function forgetSession(state: HubState, session: ChatSession): void {
  state.sessions.delete(session.id);
  forgetTokens(state, session);
  state.held.drop(session);
  state.nicks.release(session);
  state.networks.leave(session.network);
}

/** Beside what entering and leaving rooms changes: sessions, what is being loaded, and what waits. */
export interface HubState extends DepartureState {
  readonly config: HubConfig;
  /** As `welcome` announces them. */
  readonly limits: Limits;
  readonly sessions: Map<SessionId, ChatSession>;
  readonly byToken: Map<string, ChatSession>;
  readonly formerNicks: FormerNicks;
  readonly opening: Map<NameKey, Opening>;
  readonly networks: Networks;
  /** Commands that wait for their sessions' budgets. */
  readonly held: HeldCommands;
  readonly unanswered: UnansweredBudgets;
}

export function createHubState(config: HubConfig): HubState {
  const nicks = new NickRegistry();
  return {
    config,
    limits: limitsOf(config),
    sessions: new Map(),
    byToken: new Map(),
    nicks,
    formerNicks: new FormerNicks(),
    networks: new Networks(config),
    left: new LeftConversations((account) => nicks.get(account) !== undefined),
    held: new HeldCommands(config),
    rooms: new Map(),
    directory: new SortedTable(),
    conversationIndex: new ConversationIndex(),
    opening: new Map(),
    lonely: new Set(),
    unanswered: new UnansweredBudgets(config),
    departures: createDepartures(),
    presenceDue: new Set(),
    presenceWaiting: createPresenceWaiting(),
  };
}

/** A handler of one command: may change hub state, and says what follows. `now`: milliseconds. */
export type Handler<T extends CommandType> = (
  state: HubState,
  session: ChatSession,
  command: CommandOf<T>,
  now: number,
) => Effects;

function limitsOf(config: HubConfig): Limits {
  const { frameBytes, textBytes, inflight, sendRate, sendBurst } = config;
  const { roomsPerSession, historyPage } = config;
  return { frameBytes, textBytes, inflight, sendRate, sendBurst, roomsPerSession, historyPage };
}
