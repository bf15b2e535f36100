// What the chat ought to do, in the plainest terms: the model that random conversations are held
// against. Knows no ticks within a tick, no effects and no log: proposals, and a commit of them.

export interface Person {
  nick: string;
}

interface NaiveRoom {
  readonly said: string[];
  readonly members: Set<Person>;
}

interface Proposal {
  readonly room: string;
  readonly account: string;
  readonly text: string;
  readonly cid: string | undefined;
}

export interface Stored {
  readonly room: string;
  readonly seq: number;
  readonly duplicate: boolean;
}

export const bounds = { roomsPerSession: 3, roomsMax: 5 };

/** Two nicks of one kind can't be in use at once. */
const kindOf = (nick: string) => nick.toLowerCase().replaceAll("rn", "m");
const fold = (name: string) => name.toLowerCase();

export class NaiveChat {
  readonly people = new Set<Person>();
  readonly #rooms = new Map<string, NaiveRoom>();
  readonly #stored = new Map<string, { room: string; seq: number }>();
  #proposals: Proposal[] = [];

  room(name: string): NaiveRoom {
    const key = this.key(name);
    const room = this.#rooms.get(key) ?? { said: [], members: new Set<Person>() };
    this.#rooms.set(key, room);
    return room;
  }

  /** The name under which everybody's spelling of a room is one. */
  key(name: string): string {
    if (!name.startsWith("@")) return fold(name);
    return `@${name.slice(1).split("+").map(fold).sort().join("+")}`;
  }

  roomsOf(person: Person): string[] {
    return [...this.#rooms].flatMap(([key, { members }]) => (members.has(person) ? [key] : []));
  }

  get busyRooms(): string[] {
    return [...this.#rooms].flatMap(([key, { members }]) => (members.size > 0 ? [key] : []));
  }

  /** The person who says hello, or why not. */
  hello(nick: string, former: Person | undefined): Person | string {
    const holder = [...this.people].find((other) => kindOf(other.nick) === kindOf(nick));
    if (holder !== undefined && holder !== former) return "nick_taken";
    if (former !== undefined) this.close(former);
    const person = { nick };
    this.people.add(person);
    this.#gatherConversations(person);
    return person;
  }

  close(person: Person): void {
    this.people.delete(person);
    for (const { members } of this.#rooms.values()) members.delete(person);
  }

  /** Why the join fails, or null. */
  join(person: Person, name: string): string | null {
    const { members } = this.room(name);
    const problem = this.#problemOfEntering(person, name);
    if (problem !== null) return problem;
    if (!members.has(person) && this.roomsOf(person).length >= bounds.roomsPerSession) {
      return "too_many_rooms";
    }
    members.add(person);
    this.#gather(name);
    return null;
  }

  leave(person: Person, name: string): string | null {
    if (!this.#isFor(person, name)) return "forbidden";
    return this.room(name).members.delete(person) ? null : "not_joined";
  }

  send(person: Person, name: string, text: string, cid: string | undefined): string | null {
    if (name.startsWith("@")) {
      const problem = this.#problemOfEntering(person, name);
      if (problem !== null) return problem;
      this.#gather(name);
    } else if (!this.room(name).members.has(person)) {
      return "not_joined";
    }
    this.#proposals.push({ room: this.key(name), account: fold(person.nick), text, cid });
    return null;
  }

  rename(person: Person, nick: string): string | null {
    const holder = [...this.people].find((other) => kindOf(other.nick) === kindOf(nick));
    if (holder !== undefined && holder !== person) return "nick_taken";
    const isOtherName = fold(person.nick) !== fold(nick);
    person.nick = nick;
    for (const name of this.roomsOf(person)) {
      if (!this.#isFor(person, name)) this.room(name).members.delete(person);
    }
    if (isOtherName) this.#gatherConversations(person);
    return null;
  }

  /** Where each proposal since the last commit has its place, in order. */
  commit(): Stored[] {
    return this.#proposals.splice(0).map(({ room, account, text, cid }) => {
      const known = cid === undefined ? undefined : this.#stored.get(`${account} ${cid}`);
      if (known !== undefined) return { ...known, duplicate: true };
      const seq = this.room(room).said.push(text);
      if (cid !== undefined) this.#stored.set(`${account} ${cid}`, { room, seq });
      return { room, seq, duplicate: false };
    });
  }

  #problemOfEntering(person: Person, name: string): string | null {
    if (!this.#isFor(person, name)) return "forbidden";
    const isNew = this.room(name).members.size === 0;
    return isNew && this.busyRooms.length >= bounds.roomsMax ? "server_full" : null;
  }

  #isFor(person: Person, name: string): boolean {
    return !name.startsWith("@") || this.key(name).slice(1).split("+").includes(fold(person.nick));
  }

  #gather(name: string): void {
    if (!name.startsWith("@")) return;
    for (const person of this.people)
      if (this.#isFor(person, name)) this.room(name).members.add(person);
  }

  #gatherConversations(person: Person): void {
    for (const name of this.busyRooms) {
      if (name.startsWith("@") && this.#isFor(person, name)) this.room(name).members.add(person);
    }
  }
}
