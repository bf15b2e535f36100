// Who says how much when, who goes where, and which rooms get excited: traffic, made up from a
// seed before anything is measured, so that every candidate gets the very same. All is a Poisson
// process; the time to the next thing is drawn from the sum of all rates, and then which it was.

import type { SeededRandom } from "@maru/testkit";
import { Zipf } from "../zipf.ts";
import {
  excitedRoomsMax,
  excitedSeconds,
  excitement,
  koreanShare,
  stayingSeconds,
  type TrafficPlan,
  textKinds,
} from "./plan.ts";
import { Rooms } from "./rooms.ts";

export type Action =
  | {
      readonly do: "say";
      readonly us: number;
      readonly person: number;
      readonly bytes: number;
      readonly korean: boolean;
    }
  | { readonly do: "move"; readonly us: number; readonly person: number; readonly room: number };

export interface Schedule {
  /** The room of each person, at first. */
  readonly homes: readonly number[];
  /** In order of time, in microseconds from the beginning. */
  readonly actions: readonly Action[];
}

export function scheduleOf(plan: TrafficPlan, random: SeededRandom): Schedule {
  const simulation = new Simulation(plan, random);
  const homes = simulation.homes();
  return { homes, actions: simulation.run() };
}

class Simulation {
  readonly #plan: TrafficPlan;
  readonly #random: SeededRandom;
  readonly #zipf: Zipf;
  readonly #rooms: Rooms;
  /** When each room that is excited calms down, in seconds. */
  readonly #excited = new Map<number, number>();
  /** Before it, a person stays. */
  readonly #staysUntil: Float64Array;
  readonly #actions: Action[] = [];

  constructor(plan: TrafficPlan, random: SeededRandom) {
    this.#plan = plan;
    this.#random = random;
    this.#zipf = new Zipf(plan.rooms, plan.zipfExponent);
    this.#rooms = new Rooms(this.#zipf.spread(plan.people), plan.rooms);
    this.#staysUntil = new Float64Array(plan.people);
  }

  homes(): number[] {
    return Array.from({ length: this.#plan.people }, (_, person) => this.#rooms.roomOf(person));
  }

  run(): Action[] {
    const { warmupSeconds, seconds } = this.#plan;
    let now = 0;
    for (;;) {
      const rates = this.#rates();
      const next = now - Math.log(1 - this.#random.fraction()) / sumOf(rates);
      const calm = Math.min(...this.#excited.values());
      if (Math.min(next, calm) >= warmupSeconds + seconds) return this.#actions;
      if (calm <= next) {
        // Without memory, what was drawn under the old rates may be drawn anew under the new ones.
        now = calm;
        this.#calmDown(now);
      } else {
        now = next;
        this.#happen(now, rates);
      }
    }
  }

  #rates() {
    const { people, rate, moveRate, calmSeconds } = this.#plan;
    const excited = [...this.#excited.keys()].reduce(
      (sum, room) => sum + this.#rooms.sizeOf(room),
      0,
    );
    const mayExcite = calmSeconds > 0 && this.#excited.size < excitedRoomsMax;
    return {
      say: people * rate,
      // What an excited room says beyond its share of the line above.
      sayExcited: excited * rate * (excitement - 1),
      move: people * moveRate,
      excite: mayExcite ? 1 / calmSeconds : 0,
    };
  }

  #happen(now: number, rates: Readonly<Record<string, number>>): void {
    const anyPerson = () => this.#random.below(this.#plan.people);
    switch (pickBy(rates, this.#random.fraction())) {
      case "say":
        return this.#say(now, anyPerson());
      case "sayExcited":
        return this.#say(now, this.#rooms.personAmong([...this.#excited.keys()], this.#random));
      case "move":
        return this.#move(now, anyPerson());
      default: {
        // By a person, not by a room: where many are, something happens more often.
        const { min, max } = excitedSeconds;
        const room = this.#rooms.roomOf(anyPerson());
        this.#excited.set(room, now + min + this.#random.fraction() * (max - min));
      }
    }
  }

  #say(now: number, person: number): void {
    const bytes = Math.min(textBytesOf(this.#random), this.#plan.textBytesMax);
    const korean = this.#random.chance(koreanShare);
    this.#staysUntil[person] = now + stayingSeconds;
    this.#actions.push({ do: "say", us: microseconds(now), person, bytes, korean });
  }

  #move(now: number, person: number): void {
    const room = this.#zipf.at(this.#random.fraction());
    if (room === this.#rooms.roomOf(person) || now < (this.#staysUntil[person] ?? 0)) return;
    this.#staysUntil[person] = now + stayingSeconds;
    this.#rooms.move(person, room);
    this.#actions.push({ do: "move", us: microseconds(now), person, room });
  }

  #calmDown(now: number): void {
    for (const [room, until] of this.#excited) if (until <= now) this.#excited.delete(room);
  }
}

const microseconds = (seconds: number): number => Math.floor(seconds * 1e6);

const sumOf = (rates: Readonly<Record<string, number>>): number =>
  Object.values(rates).reduce((sum, rate) => sum + rate, 0);

function pickBy(rates: Readonly<Record<string, number>>, fraction: number): string {
  let left = fraction * sumOf(rates);
  const all = Object.entries(rates).filter(([, rate]) => rate > 0);
  for (const [what, rate] of all) {
    left -= rate;
    if (left < 0) return what;
  }
  return all.at(-1)?.[0] ?? "";
}

export function textBytesOf(random: SeededRandom): number {
  let left = random.fraction();
  for (const { share, bytes } of textKinds) {
    left -= share;
    if (left < 0) return random.between(bytes[0], bytes[1]);
  }
  return textKinds[0].bytes[0];
}

/** As the load generator reads it: see load/c/script.h. */
export function scriptOf({ homes, actions }: Schedule, rooms: number): string {
  const lines = [
    `traffic ${rooms} ${homes.length} ${actions.length}`,
    ...homes.map((room) => `h ${room}`),
    ...actions.map(lineOf),
  ];
  return `${lines.join("\n")}\n`;
}

function lineOf(action: Action): string {
  if (action.do === "move") return `m ${action.us} ${action.person} ${action.room}`;
  return `${action.korean ? "k" : "s"} ${action.us} ${action.person} ${action.bytes}`;
}
