// Who is in which room, while traffic is made up: moves and draws in constant time.

import type { SeededRandom } from "@maru/testkit";

export class Rooms {
  readonly #members: number[][];
  readonly #roomOf: number[];
  /** Where each person stands in the list of its room. */
  readonly #places: number[];

  constructor(homes: readonly number[], rooms: number) {
    this.#members = Array.from({ length: rooms }, () => []);
    this.#roomOf = [...homes];
    this.#places = homes.map(() => 0);
    for (const [person, room] of homes.entries()) this.#enter(person, room);
  }

  roomOf(person: number): number {
    return this.#roomOf[person] ?? 0;
  }

  sizeOf(room: number): number {
    return this.#members[room]?.length ?? 0;
  }

  move(person: number, room: number): void {
    const old = this.#members[this.roomOf(person)] ?? [];
    const last = old.pop();
    if (last !== undefined && last !== person) {
      const place = this.#places[person] ?? 0;
      old[place] = last;
      this.#places[last] = place;
    }
    this.#enter(person, room);
  }

  /** All people in these rooms are drawn alike; there must be one. */
  personAmong(rooms: readonly number[], random: SeededRandom): number {
    let left = random.below(rooms.reduce((sum, room) => sum + this.sizeOf(room), 0));
    for (const room of rooms) {
      const member = this.#members[room]?.[left];
      if (member !== undefined) return member;
      left -= this.sizeOf(room);
    }
    throw new RangeError("these rooms are empty");
  }

  #enter(person: number, room: number): void {
    const members = this.#members[room];
    if (members === undefined) throw new RangeError(`there is no room ${room}`);
    this.#roomOf[person] = room;
    this.#places[person] = members.push(person) - 1;
  }
}
