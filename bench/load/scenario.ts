// What is asked of a server in one measurement: how many rooms of how many, and how hard they talk.

import { readWhole } from "../harness/options.ts";

export interface Scenario {
  readonly rooms: number;
  /** Per room, the stalled ones included. */
  readonly members: number;
  /** Per room. */
  readonly talkers: number;
  /** Per room: join, then never read. */
  readonly stalled: number;
  readonly textBytes: number;
  /**
   * Closed loop: so many messages under way in all, each until every member who reads has it. Open
   * loop: messages per second in all.
   */
  readonly pace: { readonly inflight: number } | { readonly messagesPerSecond: number };
  readonly warmupSeconds: number;
  readonly seconds: number;
  /** How long the last messages may take before they count as missing. */
  readonly drainSeconds: number;
  /** One in so many deliveries has its latency read. */
  readonly sampleEvery: number;
  /**
   * Only the deliveries to members who do not talk, where there are any: a talker's own copy is no
   * measure of how long the others wait.
   */
  readonly sampleListeners?: boolean;
}

/** Rooms, members and talkers of `ROOMSxMEMBERS:TALKERS`. */
export function readShape(text: string): Pick<Scenario, "rooms" | "members" | "talkers"> {
  const shape = /^(\d+)x(\d+):(\d+)$/.exec(text);
  if (shape === null) throw new RangeError(`--rooms takes ROOMSxMEMBERS:TALKERS, not "${text}"`);
  const [, rooms = "", members = "", talkers = ""] = shape;
  const counts = {
    rooms: readWhole(rooms, "rooms", 1),
    members: readWhole(members, "rooms", 1),
    talkers: readWhole(talkers, "rooms", 1),
  };
  if (counts.talkers > counts.members) throw new RangeError(`--rooms ${text}: too many talkers`);
  return counts;
}

export function describeScenario(scenario: Scenario): string {
  const { rooms, members, talkers, textBytes, pace } = scenario;
  const who = `${rooms} × ${members}, ${talkers === members ? "all" : talkers} talking`;
  const howHard =
    "inflight" in pace ? `${pace.inflight} in flight` : `${pace.messagesPerSecond} messages/s`;
  return `${who}, ${howHard}, ${textBytes}-byte texts`;
}
