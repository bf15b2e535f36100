// Somebody types while others talk, while nobody does, or while the room's past is paged through:
// how long each key's echo takes, what the client uses meanwhile, and how old what it shows is.

import { SeededRandom } from "@maru/testkit";
import { type Latencies, latenciesOf } from "../../harness/latencies.ts";
import { cpuSeconds } from "../../harness/process-usage.ts";
import { untilQuiet } from "../../harness/until-quiet.ts";
import type { EchoLoad } from "./echo-loads.ts";
import { addFaults, type Faults } from "./faults.ts";
import { House, talkRoom } from "./house.ts";
import { lastThings } from "./last-things.ts";
import { pressPageUp } from "./pager.ts";
import { watchScreen } from "./screen-watch.ts";
import { Seat } from "./seat.ts";
import {
  keysPerSecondDefault,
  patienceMsDefault,
  sendTyped,
  typedText,
  typeText,
} from "./typist.ts";

export interface ClientEcho {
  readonly what: "echo";
  readonly load: EchoLoad;
  readonly round: number;
  /** By the room's seqs, in the time of the typing. */
  readonly messagesPerSecond: number;
  readonly typed: number;
  readonly echo: Latencies;
  /** Of each frame's newest message, when the frame was read; null where nobody talks. */
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

interface Stage {
  /** Path of the load generator. */
  readonly generator: string;
  readonly plan: EchoPlan;
  readonly house: House;
  readonly seat: Seat;
}

const nick = "watcher";
const comeMs = 10_000;
/** Talk before the first key, and after the time that the keys take. */
const leadSeconds = 1;
const tailSeconds = 1;
const pastPerSecond = 20_000;
const rateShareMin = 0.99;

export async function measureEcho(generator: string, plan: EchoPlan): Promise<ClientEcho> {
  const house = await House.open();
  const { pastMessages } = plan.load;
  try {
    if (pastMessages > 0) {
      const seconds = pastMessages / pastPerSecond + 0.01;
      await house.talk(generator, { messagesPerSecond: pastPerSecond, seconds });
    }
    const { program } = plan;
    const around = program === undefined ? {} : { program };
    const seat = new Seat({ port: house.port, rooms: [talkRoom], nick, ...around });
    try {
      const begun = pastMessages > 0 ? "~" : "yet";
      await seat.until("the room", (rows) => rows.some((row) => row.includes(begun)), comeMs);
      await untilQuiet(seat.pid);
      return await measureTyping({ generator, plan, house, seat });
    } finally {
      await seat.end();
    }
  } finally {
    await house.end();
  }
}

async function measureTyping(stage: Stage): Promise<ClientEcho> {
  const { plan, house, seat } = stage;
  const { load, round, keys, keysPerSecond = keysPerSecondDefault } = plan;
  const { patienceMs = patienceMsDefault } = plan;
  const text = typedText(keys, new SeededRandom(round + 1));
  const watched = watchScreen(seat);
  const talk = await startTalk(stage, keys / keysPerSecond);
  const pager = load.pastMessages > 0 ? pressPageUp(seat) : null;
  const before = await house.head(talkRoom);
  const use = beginUse(seat);
  const typed = await typeText(seat, text, { keysPerSecond, patienceMs });
  const used = use();
  const after = await house.head(talkRoom);
  pager?.stop();
  const talkFaults = await talk.ended;
  const { agesMs, holes } = watched();
  const messagesPerSecond = ((after.seq - before.seq) * 1_000) / (after.atMs - before.atMs);
  const isShort = messagesPerSecond < load.messagesPerSecond * rateShareMin;
  const sent = await sendTyped(stage, { room: talkRoom, nick, text, patienceMs });
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
async function startTalk({ generator, plan, house, seat }: Stage, typingSeconds: number) {
  const { messagesPerSecond } = plan.load;
  if (messagesPerSecond === 0) return { ended: Promise.resolve<Faults>({}) };
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const seconds = leadSeconds + typingSeconds + tailSeconds;
  const talk = house.talk(generator, { messagesPerSecond, seconds }, begin);
  // Where it fails before it begins, that is what is told.
  await Promise.race([begun, talk]);
  await Bun.sleep(leadSeconds * 1_000);
  const ended = async (): Promise<Faults> => {
    const faults = await talk;
    return addFaults(faults, await lastThings(house, seat, plan.patienceMs));
  };
  return { ended: ended() };
}

/** Call what it returns to learn what the client used since. */
function beginUse(seat: Seat) {
  const at = performance.now();
  const cpu = cpuSeconds(seat.pid);
  const { bytes, frames } = seat.drawn;
  return () => {
    const seconds = (performance.now() - at) / 1_000;
    return {
      clientCores: (cpuSeconds(seat.pid) - cpu) / seconds,
      bytesPerSecond: (seat.drawn.bytes - bytes) / seconds,
      framesPerSecond: (seat.drawn.frames - frames) / seconds,
    };
  };
}
