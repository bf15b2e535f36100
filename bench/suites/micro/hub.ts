// A tick of messages through the chat alone: hub, log, effects; no socket. The log is the one in
// memory, or the one in SQLite with the threads that keep its index and files, as in the server.

import type { CreateRoomLog, LogTag, RoomLog } from "@maru/chat";
import { createChatService } from "@maru/chat";
import { createMemoryLog } from "@maru/chat/log-memory";
import { unlimitedConfig } from "@maru/chat/unlimited-config";
import { defaultLimits, type Group, type ServicePort, type Session } from "@maru/core";
import type { ChatServerMessage } from "@maru/protocol/chat";
import { measure } from "mitata";
import type { Bar } from "../../harness/bars.ts";
import { openSqliteLog } from "./open-sqlite-log.ts";

/** What the bars are about: messages per second with each log. */
const perSecondMin = { memory: 500_000, os: 150_000, fsync: 150_000 } as const;
export type HubLog = keyof typeof perSecondMin;
export const hubLogs = Object.keys(perSecondMin) as HubLog[];

/** What one tick of the hub is measured with. */
export interface HubCase {
  readonly log: HubLog;
  readonly perTick: number;
  readonly withCid: boolean;
  /** Whether the index and the files are kept meanwhile, by another thread, as in the server. */
  readonly upkeep: boolean;
}

export interface HubFigures extends HubCase {
  /** Of a tick. */
  readonly averageNs: number;
  readonly p50Ns: number;
  readonly p99Ns: number;
  readonly messagesPerSecond: number;
}

const text = "x".repeat(64);
const nsPerSecond = 1e9;
/** Long enough that the log's threads are at work as they are under load. */
const measuredNs = 2e9;

export function hubCases(logs: readonly HubLog[]): HubCase[] {
  return logs.flatMap((log) => {
    const plain = { log, perTick: 64, withCid: false, upkeep: log !== "memory" };
    const cases = [plain, { ...plain, withCid: true }, { ...plain, perTick: 256 }];
    return plain.upkeep ? [...cases, { ...plain, perTick: 256, upkeep: false }] : cases;
  });
}

export function describeHub({ log, perTick, withCid, upkeep }: HubCase): string {
  const without = log !== "memory" && !upkeep ? ", no upkeep" : "";
  return `${perTick} a tick${withCid ? ", with a cid" : ""}, ${log}${without}`;
}

/** Opens a log for itself alone and closes it again: another's index must not be in the figures. */
export async function measureHub(hubCase: HubCase): Promise<HubFigures> {
  const { log, perTick, withCid, upkeep } = hubCase;
  const { tick, close } = createTalk(log, upkeep);
  try {
    // The log's threads answer between ticks: a loop that never turns would starve them.
    const tickAndTurn = (): Promise<void> => {
      tick(perTick, withCid);
      return new Promise(setImmediate);
    };
    const run = log === "memory" ? () => tick(perTick, withCid) : tickAndTurn;
    const stats = await measure(run, { min_cpu_time: measuredNs });
    return {
      ...hubCase,
      averageNs: stats.avg,
      p50Ns: stats.p50,
      p99Ns: stats.p99,
      messagesPerSecond: (perTick * nsPerSecond) / stats.avg,
    };
  } finally {
    await close();
  }
}

/** The bars are about the plain case; null for the others. */
export function barOf(figures: HubFigures): Bar | null {
  if (figures.withCid || figures.upkeep !== (figures.log !== "memory")) return null;
  const value = figures.messagesPerSecond;
  const min = perSecondMin[figures.log];
  return { what: `hub: ${describeHub(figures)}`, value, min, unit: "messages/s" };
}

type Tick = (messages: number, withCid: boolean) => void;

function createTalk(kind: HubLog, upkeep: boolean): { tick: Tick; close: () => Promise<void> } {
  const opened = kind === "memory" ? openMemoryLog() : openSqliteLog(kind, upkeep);
  const logs: RoomLog<LogTag>[] = [];
  const { chat, session } = createChat((deliver) => {
    const log = opened.create(deliver);
    logs.push(log);
    return log;
  });
  const send = { type: "send", id: 3, room: "lobby", text } as const;
  let cid = 0;
  return {
    tick(messages, withCid) {
      for (let message = 0; message < messages; message += 1) {
        cid += 1;
        chat.message(session, withCid ? { ...send, cid: `c${cid}` } : send);
      }
      chat.endTick?.();
    },
    async close() {
      for (const log of logs) await log.close();
      opened.remove();
    },
  };
}

function openMemoryLog(): { create: CreateRoomLog<LogTag>; remove: () => void } {
  return {
    create: createMemoryLog({ memoryLogBytes: 67_108_864, epoch: "bench" }),
    remove: () => {},
  };
}

/** A port that takes everything and says nothing. */
function silentPort(): ServicePort<ChatServerMessage> {
  const nothing = () => {};
  return {
    limits: defaultLimits,
    log: nothing,
    accept: nothing,
    reply: nothing,
    send: nothing,
    publish: nothing,
    createGroup: () => ({}) as Group,
    join: nothing,
    leave: nothing,
    close: nothing,
  };
}

function createChat(log: CreateRoomLog<LogTag>) {
  const config = unlimitedConfig("bench");
  const chat = createChatService({ config, log })(silentPort());
  const session = { id: 1 } as Session;
  chat.open(session);
  chat.message(session, { type: "hello", id: 1, versions: [1], client: "bench", nick: "mina" });
  chat.message(session, { type: "join", id: 2, room: "lobby" });
  chat.endTick?.();
  return { chat, session };
}
