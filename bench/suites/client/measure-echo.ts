// Typing while others talk, while none do, or while the room's past is paged through:
// how long each key's echo takes, what the client uses meanwhile, and how old what it shows is.

import { SeededRandom } from "@maru/testkit";
import { addFaults, type Faults } from "../../harness/outcome.ts";
import { type Latencies, latenciesOf } from "../../harness/statistics.ts";
import { cpuSeconds, untilQuiet } from "../../harness/usage.ts";
import { ClientTerminal } from "./client-terminal.ts";
import { pressPageUp, watchScreen } from "./stamps.ts";
import { lastThings, TalkServer, talkRoom } from "./talk-server.ts";
import {
  keysPerSecondDefault,
  patienceMsDefault,
  sendTyped,
  typedText,
  typeText,
} from "./typing.ts";

/** A load beside which it is typed. */
export interface EchoLoad {
  readonly name: string;
  /** 0: there is no talk. */
  readonly messagesPerSecond: number;
  /** Said before the client comes; it pages up through them while it is typed to. */
  readonly pastMessages: number;
}

export const quietLoad: EchoLoad = { name: "quiet", messagesPerSecond: 0, pastMessages: 0 };

export const talkLoad = (messagesPerSecond: number): EchoLoad => ({
  name: `${messagesPerSecond.toLocaleString("en-US")} messages/s`,
  messagesPerSecond,
  pastMessages: 0,
});

export const pagedLoad = (pastMessages: number): EchoLoad => ({
  name: `Page Up held in ${pastMessages.toLocaleString("en-US")} messages`,
  messagesPerSecond: 0,
  pastMessages,
});

export interface ClientEcho {
  readonly what: "echo";
  readonly load: EchoLoad;
  readonly round: number;
  /** By the room's seqs, in the time of the typing. */
  readonly messagesPerSecond: number;
  readonly typed: number;
  readonly echo: Latencies;
  /** Of each frame's newest message, when the frame was read; null without talk. */
  readonly shownAge: Latencies | null;
  /** Share of one core, user and system, in the time of the typing. */
  readonly clientCores: number;
  /** What is drawn, in that time. */
  readonly bytesPerSecond: number;
  readonly framesPerSecond: number;
  /** Messages of the past that stood on the screen. */
  readonly messagesPaged: number;
  readonly faults: Faults;
}

export interface EchoPlan {
  readonly load: EchoLoad;
  readonly round: number;
  readonly keys: number;
  /** Another than the client, another pace than 20 a second, less patience: for tests. */
  readonly program?: readonly string[];
  readonly keysPerSecond?: number;
  readonly patienceMs?: number;
}

interface Scene {
  /** Path of the load generator. */
  readonly generator: string;
  readonly plan: EchoPlan;
  readonly server: TalkServer;
  readonly terminal: ClientTerminal;
}

const nick = "watcher";
const comeMs = 10_000;
/** Talk before the first key, and after the time that the keys take. */
const leadSeconds = 1;
const tailSeconds = 1;
const pastPerSecond = 20_000;
const rateShareMin = 0.99;

export async function measureEcho(generator: string, plan: EchoPlan): Promise<ClientEcho> {
  const server = await TalkServer.open();
  const { pastMessages } = plan.load;
  try {
    if (pastMessages > 0) {
      const seconds = pastMessages / pastPerSecond + 0.01;
      await server.talk(generator, { messagesPerSecond: pastPerSecond, seconds });
    }
    const { program } = plan;
    const around = program === undefined ? {} : { program };
    const terminal = new ClientTerminal({ port: server.port, rooms: [talkRoom], nick, ...around });
    try {
      const begun = pastMessages > 0 ? "~" : "yet";
      await terminal.until("the room", (rows) => rows.some((row) => row.includes(begun)), comeMs);
      await untilQuiet(terminal.pid);
      return await measureTyping({ generator, plan, server, terminal });
    } finally {
      await terminal.end();
    }
  } finally {
    await server.end();
  }
}

async function measureTyping(scene: Scene): Promise<ClientEcho> {
  const { plan, server, terminal } = scene;
  const { load, round, keys, keysPerSecond = keysPerSecondDefault } = plan;
  const { patienceMs = patienceMsDefault } = plan;
  const text = typedText(keys, new SeededRandom(round + 1));
  const watched = watchScreen(terminal);
  const talk = await startTalk(scene, keys / keysPerSecond);
  const pager = load.pastMessages > 0 ? pressPageUp(terminal) : null;
  const before = await server.head(talkRoom);
  const use = beginUse(terminal);
  const typed = await typeText(terminal, text, { keysPerSecond, patienceMs });
  const used = use();
  const after = await server.head(talkRoom);
  pager?.stop();
  const talkFaults = await talk.ended;
  const { agesMs, holes } = watched();
  const messagesPerSecond = ((after.seq - before.seq) * 1_000) / (after.atMs - before.atMs);
  const isShort = messagesPerSecond < load.messagesPerSecond * rateShareMin;
  const sent = await sendTyped(scene, { room: talkRoom, nick, text, patienceMs });
  const own = { "holes on the screen": holes, "rate not reached": isShort ? 1 : 0 };
  return {
    what: "echo",
    load,
    round,
    messagesPerSecond,
    typed: keys,
    echo: latenciesOf(typed.echoMs),
    shownAge: load.messagesPerSecond === 0 ? null : latenciesOf(agesMs),
    ...used,
    messagesPaged: pager?.seen ?? 0,
    faults: addFaults(typed.faults, talkFaults, own, pager?.faults() ?? {}, sent),
  };
}

/** Resolves when the talk is at its rate; `ended` when all of it has come to the screen. */
async function startTalk({ generator, plan, server, terminal }: Scene, typingSeconds: number) {
  const { messagesPerSecond } = plan.load;
  if (messagesPerSecond === 0) return { ended: Promise.resolve<Faults>({}) };
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const seconds = leadSeconds + typingSeconds + tailSeconds;
  const talk = server.talk(generator, { messagesPerSecond, seconds }, begin);
  // Where it fails before it begins, that is what is told.
  await Promise.race([begun, talk]);
  await Bun.sleep(leadSeconds * 1_000);
  const ended = async (): Promise<Faults> => {
    const faults = await talk;
    return addFaults(faults, await lastThings(server, terminal, plan.patienceMs));
  };
  return { ended: ended() };
}

/** Call what it returns to learn what the client used since. */
function beginUse(terminal: ClientTerminal) {
  const at = performance.now();
  const cpu = cpuSeconds(terminal.pid);
  const { bytes, frames } = terminal.drawn;
  return () => {
    const seconds = (performance.now() - at) / 1_000;
    return {
      clientCores: (cpuSeconds(terminal.pid) - cpu) / seconds,
      bytesPerSecond: (terminal.drawn.bytes - bytes) / seconds,
      framesPerSecond: (terminal.drawn.frames - frames) / seconds,
    };
  };
}
