// What the chat ought to do, in the plainest terms: the model that random conversations are held
// against. Knows no ticks within a tick, no effects and no log: proposals, and a commit of them.

export interface Person {
  nick: string;
}

interface NaiveRoom {
  readonly said: string[];
  readonly members: Set<Person>;
  /** Accounts that have left it by their own word, and have said nothing there since. */
  readonly left: Set<string>;
}

interface Proposal {
  readonly person: Person;
  readonly room: string;
  readonly account: string;
  readonly text: string;
  readonly cid: string | undefined;
  /** Why it is refused, unless its cid is known; null: it is not. */
  readonly problem: string | null;
}

export interface Refused {
  readonly problem: string;
}

export interface Stored {
  readonly problem: null;
  readonly room: string;
  readonly seq: number;
  readonly duplicate: boolean;
  /** Who is told, and no others: all who are in the room then; none of a duplicate. */
  readonly hearers: ReadonlySet<Person>;
}

/** A session may be in so many public rooms, and is kept in so many conversations. */
export const bounds = { roomsPerSession: 3, roomsMax: 12 };

/** Two nicks of one kind can't be in use at once. */
const kindOf = (nick: string) => nick.toLowerCase().replaceAll("rn", "m");
const fold = (name: string) => name.toLowerCase();
const isDirect = (name: string) => name.startsWith("@");

export class NaiveChat {
  readonly people = new Set<Person>();
  readonly #rooms = new Map<string, NaiveRoom>();
  /** Who gave a nick up last, is here under another one, and may be found there. */
  readonly #former = new Map<string, Person>();
  readonly #stored = new Map<string, { room: string; seq: number }>();
  #proposals: Proposal[] = [];
  /** Of each, its own conversations and those that others brought it into; the quietest first. */
  readonly #conversations = new Map<Person, [Set<string>, Set<string>]>();
  /** Conversations that were left since the last commit. */
  readonly #lonely = new Set<string>();

  room(name: string): NaiveRoom {
    const key = this.key(name);
    const room = this.#rooms.get(key) ?? {
      said: [],
      members: new Set<Person>(),
      left: new Set<string>(),
    };
    this.#rooms.set(key, room);
    return room;
  }

  /** The name under which all spellings of a room are one. */
  key(name: string): string {
    if (!name.startsWith("@")) return fold(name);
    return `@${name.slice(1).split("+").map(fold).sort().join("+")}`;
  }

  roomsOf(person: Person): string[] {
    return [...this.#rooms].flatMap(([key, { members }]) => (members.has(person) ? [key] : []));
  }

  /** The rooms that are kept: they have members, or something was proposed there. */
  get busyRooms(): string[] {
    return [...this.#rooms.keys()].filter((key) => this.#isBusy(key));
  }

  /** The public rooms with members. */
  get directory(): string[] {
    return [...this.#rooms].flatMap(([key, { members }]) =>
      members.size > 0 && !isDirect(key) ? [key] : [],
    );
  }

  /** Who is told to be there: members, in a conversation those of the two who are online. */
  here(name: string): Person[] {
    if (!isDirect(name)) return [...this.room(name).members];
    return [...this.people].filter((person) => this.#isFor(person, name));
  }

  /** The person who says hello, or why not. */
  hello(nick: string, former: Person | undefined): Person | string {
    const holder = [...this.people].find((other) => kindOf(other.nick) === kindOf(nick));
    if (holder !== undefined && holder !== former) return "nick_taken";
    const person = { nick };
    const past = [...this.#former].filter(([, each]) => each === former).map(([key]) => key);
    if (former !== undefined) {
      this.close(former);
      for (const key of [...past, fold(former.nick)]) this.#former.set(key, person);
    }
    this.people.add(person);
    this.#former.delete(fold(nick));
    return person;
  }

  close(person: Person): void {
    this.people.delete(person);
    for (const [key, each] of this.#former) if (each === person) this.#former.delete(key);
    for (const name of this.roomsOf(person)) this.#remove(person, name);
  }

  /** Why the join fails, or null. */
  join(person: Person, name: string): string | null {
    const { members, left } = this.room(name);
    if (!this.#isFor(person, name)) return "forbidden";
    if (!members.has(person) && !this.#hasRoomFor(person, name)) return "too_many_rooms";
    const problem = this.#problemOfOpening(person, name);
    if (problem !== null) return problem;
    if (!members.has(person)) this.#come(person, name, true);
    left.delete(fold(person.nick));
    return null;
  }

  leave(person: Person, name: string): string | null {
    if (!this.#isFor(person, name)) return "forbidden";
    if (!this.#remove(person, name)) return "not_joined";
    if (isDirect(name)) this.room(name).left.add(fold(person.nick));
    return null;
  }

  /** Why the person may not speak or read there, or null: conversations of one's own need no join. */
  problemOfUsing(person: Person, name: string): string | null {
    if (!isDirect(name)) return this.room(name).members.has(person) ? null : "not_joined";
    if (!this.#isFor(person, name)) return "forbidden";
    if (this.#isBusy(name)) return null;
    if (!this.#hasRoomFor(person, name)) return "too_many_rooms";
    return this.#problemOfOpening(person, name);
  }

  /** Why the person may not say that they write there, or null: for that a conversation needs a join. */
  problemOfTyping(person: Person, name: string): string | null {
    if (!this.#isFor(person, name)) return "forbidden";
    return this.room(name).members.has(person) ? null : "not_joined";
  }

  /** Something is said, or a topic is set: why it is refused at once, or null. */
  propose(person: Person, name: string, text: string, cid: string | undefined): string | null {
    const problem =
      this.problemOfUsing(person, name) ?? (this.#isGivenUp(person, name) ? "nick_given_up" : null);
    if (problem !== null && cid === undefined) return problem;
    const account = fold(person.nick);
    if (problem === null) this.room(name).left.delete(account);
    this.#proposals.push({ person, room: this.key(name), account, text, cid, problem });
    return null;
  }

  /** Why the person may not see who is in the room, or null. */
  problemOfSeeing(person: Person, name: string): string | null {
    return this.#isFor(person, name) ? null : "forbidden";
  }

  rename(person: Person, nick: string): string | null {
    const holder = [...this.people].find((other) => kindOf(other.nick) === kindOf(nick));
    if (holder !== undefined && holder !== person) return "nick_taken";
    this.#former.set(fold(person.nick), person);
    person.nick = nick;
    this.#former.delete(fold(nick));
    for (const name of this.roomsOf(person)) {
      if (!this.#isFor(person, name)) this.#remove(person, name);
    }
    return null;
  }

  /** Where each proposal since the last commit has its place, in order. */
  commit(): (Stored | Refused)[] {
    const stored = this.#proposals.splice(0).map((proposal) => this.#store(proposal));
    for (const name of this.#lonely) {
      const { members } = this.room(name);
      if (members.size !== 1) continue;
      for (const member of members) {
        for (const keys of this.#kept(member)) keys.delete(name);
      }
      members.clear();
    }
    this.#lonely.clear();
    return stored;
  }

  #store({ person, room, account, text, cid, problem }: Proposal): Stored | Refused {
    const known = cid === undefined ? undefined : this.#stored.get(`${account} ${cid}`);
    if (known !== undefined) {
      return { ...known, problem: null, duplicate: true, hearers: new Set() };
    }
    if (problem !== null) return { problem };
    const { said, members, left } = this.room(room);
    const seq = said.push(text);
    if (cid !== undefined) this.#stored.set(`${account} ${cid}`, { room, seq });
    if (isDirect(room)) {
      for (const other of this.people) {
        if (!this.#isFor(other, room) || left.has(fold(other.nick))) continue;
        this.#come(other, room, other === person);
      }
      if (!members.has(person)) this.#lonely.add(room);
    }
    return { problem: null, room, seq, duplicate: false, hearers: new Set(members) };
  }

  /** In conversations, the one that was quiet longest is left for it: of its own, or of the others'. */
  #come(person: Person, name: string, isOwn: boolean): void {
    const key = this.key(name);
    this.room(key).members.add(person);
    if (!isDirect(key)) return;
    const [own, brought] = this.#kept(person);
    const kind = own.delete(key) || isOwn ? own : brought;
    brought.delete(key);
    kind.add(key);
    const [quietest] = kind;
    if (kind.size > bounds.roomsPerSession) this.#remove(person, quietest as string);
  }

  #kept(person: Person): [Set<string>, Set<string>] {
    const kept = this.#conversations.get(person) ?? [new Set(), new Set()];
    this.#conversations.set(person, kept);
    return kept;
  }

  #remove(person: Person, name: string): boolean {
    if (!this.room(name).members.delete(person)) return false;
    const key = this.key(name);
    for (const keys of this.#kept(person)) keys.delete(key);
    // What is empty is forgotten, and how it ended with it.
    if (isDirect(key) && this.#isBusy(key)) this.#lonely.add(key);
    else this.#lonely.delete(key);
    return true;
  }

  #isBusy(name: string): boolean {
    const key = this.key(name);
    const isProposed = this.#proposals.some(
      ({ room, problem }) => room === key && problem === null,
    );
    return this.room(key).members.size > 0 || isProposed;
  }

  /** Whether memory takes one more room, and this person may be the one to take it. */
  #problemOfOpening(person: Person, name: string): string | null {
    if (this.#isBusy(name)) return null;
    const used = this.busyRooms.length;
    const free = bounds.roomsMax - used;
    if (free <= 0) return "server_full";
    const parts = this.roomsOf(person).map((own) => 1 / this.room(own).members.size);
    const share = parts.reduce((sum, part) => sum + part, 0);
    return share > free / 8 || (share > 0 && used > free * 8) ? "too_many_rooms" : null;
  }

  #hasRoomFor(person: Person, name: string): boolean {
    if (isDirect(name)) return true;
    const open = this.roomsOf(person).filter((room) => !isDirect(room));
    return open.length < bounds.roomsPerSession;
  }

  /** Whether what is said there would be read by the next who takes the other nick. */
  #isGivenUp(person: Person, name: string): boolean {
    if (!isDirect(name)) return false;
    const others = this.key(name).slice(1).split("+");
    return others.some((key) => key !== fold(person.nick) && this.#former.has(key));
  }

  #isFor(person: Person, name: string): boolean {
    return !isDirect(name) || this.key(name).slice(1).split("+").includes(fold(person.nick));
  }
}
