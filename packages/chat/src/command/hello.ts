// hello → welcome: a session gets its nick, freely chosen, taken back, or a guest's.

import {
  type CommandOf,
  chatClose,
  chatVersion,
  type NameKey,
  type Nick,
  parseNick,
  TypingNotices,
} from "@maru/protocol/chat";
import { tellConversations } from "../hub/conversation-index.ts";
import { Conversations } from "../hub/conversations.ts";
import { CostBudget } from "../hub/cost-budget.ts";
import { type Effect, type Effects, fail, reply, type SessionId } from "../hub/effects.ts";
import { forgetSession, type HubState } from "../hub/hub-state.ts";
import { removeMember } from "../hub/membership.ts";
import { ReadBudget } from "../hub/read-budget.ts";
import type { ChatSession } from "../hub/room-and-session.ts";
import { tellRenamed } from "../hub/tell-renamed.ts";
import { TokenBucket } from "../hub/token-bucket.ts";

export function hello(
  state: HubState,
  { id, network }: { readonly id: SessionId; readonly network: string },
  command: CommandOf<"hello">,
  now: number,
): Effects {
  if (!command.versions.includes(chatVersion)) {
    const message = `this server speaks version ${chatVersion}`;
    return fail(id, command.id, "version_unsupported", { message, field: "versions" });
  }
  const former = command.resume === undefined ? undefined : state.byToken.get(command.resume);
  const chosen = command.nick === undefined ? resumedNick(state, former) : parseNick(command.nick);
  if (!chosen.ok) {
    const details = { field: "nick", message: `the nick: ${chosen.problem}` };
    return fail(id, command.id, "invalid_message", details);
  }
  if (!state.nicks.isFreeFor(former, chosen)) {
    return fail(id, command.id, "nick_taken", { field: "nick" });
  }
  const effects: Effect[] = former === undefined ? [] : replace(state, former);
  const session = createSession(state, { id, network, former }, chosen, now);
  if (former !== undefined && command.resume !== undefined) {
    state.formerNicks.passOn(former, session);
    session.formerToken = command.resume;
    state.byToken.set(command.resume, session);
  }
  effects.push(
    { kind: "accept", session: id },
    reply(id, welcome(state, session, command.id, now)),
  );
  // Others were not told that a session on a dead connection had gone: it is back for none of them.
  if (former?.nickKey === session.nickKey) return effects;
  if (former !== undefined) return [...effects, ...tellRenamed(state, session, former)];
  state.formerNicks.take(session.nickKey);
  return [...effects, ...tellConversations(state, session.nickKey, { joined: [session.nick] })];
}

/** What `former` has spent stays spent. */
function createSession(
  state: HubState,
  { id, network, former }: { id: SessionId; network: string; former: ChatSession | undefined },
  { name, key }: { name: Nick; key: NameKey },
  now: number,
): ChatSession {
  const session: ChatSession = {
    id,
    token: state.config.createToken(),
    formerToken: null,
    nick: name,
    nickKey: key,
    rooms: new Set(),
    roomsBySpelling: new Map(),
    conversations: new Conversations(),
    opening: 0,
    waiting: 0,
    network: state.networks.enter(network, now),
    newRooms: former?.newRooms ?? new TokenBucket(newRoomBounds(state), now),
    readBudget: former?.readBudget ?? new ReadBudget(state.config, now),
    costBudget: former?.costBudget ?? new CostBudget(state.config, now),
    typing: new TypingNotices(),
    questions: 0,
  };
  state.sessions.set(id, session);
  state.byToken.set(session.token, session);
  state.nicks.take(session);
  return session;
}

function newRoomBounds({ config }: HubState) {
  return { burst: config.newRoomBurst, perHour: config.newRoomRate };
}

function welcome(state: HubState, session: ChatSession, re: number, now: number) {
  const { server, durability, heartbeatMs } = state.config;
  return {
    type: "welcome" as const,
    re,
    version: chatVersion,
    server,
    nick: session.nick as string,
    session: session.token,
    time: now,
    durability,
    heartbeatMs,
    limits: state.limits,
  };
}

/** Ends the session that is being resumed: its connection may be dead without our knowing. */
function replace(state: HubState, former: ChatSession): Effect[] {
  const effects = [...former.rooms].flatMap((room) => removeMember(state, room, former));
  forgetSession(state, former);
  return [...effects, { kind: "close", session: former.id, reason: chatClose("replaced") }];
}

/** Without a nick in hello: that of the session that is resumed, or a free guest's. */
function resumedNick(
  state: HubState,
  former: ChatSession | undefined,
): { ok: true; name: Nick; key: NameKey } | { ok: false; problem: string } {
  if (former !== undefined) return { ok: true, name: former.nick, key: former.nickKey };
  for (let digits = 4; ; digits += 1) {
    const suffix = state.config
      .createToken()
      .replace(/[^a-z0-9]/g, "")
      .slice(0, digits);
    const guest = parseNick(`guest-${suffix}`);
    if (guest.ok && suffix !== "" && state.nicks.isFreeFor(undefined, guest)) return guest;
  }
}
