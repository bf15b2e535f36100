// How often the person is called: once in a while per room, with what came meanwhile gathered.
// Pure data and functions; the owner of the clock asks again at `nextMs`.

/** Between two calls for one room, in milliseconds. */
export const notifyIntervalMs = 2_000;
/** Rooms that are waited for at once; a call for one more is not made. */
export const pacedRoomsMax = 1_000;

export type CallKind = "message" | "mention" | "direct";

/** One call to the person. */
export interface Call {
  readonly room: string;
  readonly from: string;
  readonly text: string;
  readonly kind: CallKind;
  /** Others of the room that this one stands for. */
  readonly more: number;
}

interface PacedRoom {
  readonly calledMs: number;
  readonly waiting: Call | null;
}

/** By room, the one that was called for first at the front. */
export type Pace = ReadonlyMap<string, PacedRoom>;

export interface Paced {
  readonly pace: Pace;
  /** To be made now. */
  readonly calls: readonly Call[];
  /** When to ask `due` again; null when nothing waits. */
  readonly nextMs: number | null;
}

export const noPace: Pace = new Map();

/** A call is made at once, or waits for its room's time. */
export function pace(former: Pace, call: Omit<Call, "more">, nowMs: number): Paced {
  const { pace: current, calls } = due(former, nowMs);
  const room = current.get(call.room);
  if (room === undefined && current.size >= pacedRoomsMax) return paced(current, calls);
  const waiting = room === undefined ? null : gathered(room.waiting, call);
  const calledMs = room?.calledMs ?? nowMs;
  const next = new Map(current).set(call.room, { calledMs, waiting });
  return paced(next, room === undefined ? [...calls, { ...call, more: 0 }] : calls);
}

/** What has waited long enough; rooms that were quiet since their call are forgotten. */
export function due(former: Pace, nowMs: number): Paced {
  const calls: Call[] = [];
  const next = new Map<string, PacedRoom>();
  for (const [room, { calledMs, waiting }] of former) {
    // A clock that was set back must not silence a room for long.
    const isWaiting = nowMs >= calledMs && nowMs < calledMs + notifyIntervalMs;
    if (isWaiting) next.set(room, { calledMs, waiting });
    else if (waiting !== null) calls.push(waiting);
  }
  for (const { room } of calls) next.set(room, { calledMs: nowMs, waiting: null });
  return paced(next, calls);
}

function paced(current: Pace, calls: readonly Call[]): Paced {
  const times = [...current.values()].flatMap(({ calledMs, waiting }) =>
    waiting === null ? [] : [calledMs + notifyIntervalMs],
  );
  return { pace: current, calls, nextMs: times.length === 0 ? null : Math.min(...times) };
}

const weights = { message: 0, mention: 1, direct: 2 } as const satisfies Record<CallKind, number>;

/** The newest of the weightiest kind speaks for all. */
function gathered(waiting: Call | null, call: Omit<Call, "more">): Call {
  if (waiting === null) return { ...call, more: 0 };
  const more = waiting.more + 1;
  return weights[call.kind] >= weights[waiting.kind] ? { ...call, more } : { ...waiting, more };
}

/** As a person reads it: the text, and how many more there are. */
export function callText({ text, more }: Call): string {
  return more === 0 ? text : `${text} (${more} more)`;
}
