// People with real clients, who write to each other and take each other's nicks; for tests only. Owns
// what each nick was last, and so judges every line that the server has taken: where it went, a person
// who has the nick must be, or the author could not know.

import type { Effect } from "@maru/chat-model/model";
import { createModel } from "@maru/chat-model/model";
import { perform } from "@maru/chat-model/perform";
import { type ChatClient, connectChat, roomKey } from "@maru/sdk/chat";
import type { ServerProcess } from "@maru/testkit";
import { storedRooms } from "../src/modes/screen/screen-store.ts";
import type { ScreenEffect, ScreenInput } from "../src/screen/model/screen-step.ts";
import { openRoom } from "../src/screen/update/opening.ts";
import { Script } from "./fixtures/scripted-screen.ts";
import { startServer } from "./processes.ts";
import { WeakLine } from "./weak-line.ts";

/** Enters that a person presses for one line: each must lead further. */
const pressesMax = 4;
const performed = new Set<string>(["join", "leave", "send", "look", "nick"]);

interface Person {
  readonly client: ChatClient;
  readonly line: WeakLine;
  readonly script: Script;
  readonly answers: Set<Promise<void>>;
}

/** A nick that was given up: a client that has heard of it, or may ask the server, must not write to it. */
interface GivenUp {
  isRemembered: boolean;
  readonly giver: Person;
  readonly knowers: ReadonlySet<Person>;
}

export class RenamingChat {
  readonly faults: string[] = [];
  readonly people: Person[] = [];
  readonly #givenUp = new Map<string, GivenUp>();
  #server: ServerProcess;
  readonly #waiting: (() => void)[] = [];
  #lines = 0;

  private constructor(server: ServerProcess) {
    this.#server = server;
  }

  static async start(nicks: readonly string[]): Promise<RenamingChat> {
    const chat = new RenamingChat(await startServer());
    for (const nick of nicks) await chat.#come(nick);
    for (const slot of nicks.keys()) await chat.write(slot, (slot + 1) % nicks.length);
    await chat.settled();
    return chat;
  }

  async #come(nick: string): Promise<void> {
    const line = await WeakLine.to(() => this.#server.port);
    const reconnect = { minMs: 1, maxMs: 5 };
    const onState = () => this.#waiting.splice(0).forEach((wake) => void wake());
    const client = await connectChat({
      host: "127.0.0.1",
      port: line.port,
      nick,
      reconnect,
      onState,
    });
    const script = new Script();
    const chat = { ...createModel(client.me, client.state), isRedrawn: true };
    script.model = { ...script.model, chat };
    const person: Person = { client, line, script, answers: new Set() };
    this.people.push(person);
    void this.#follow(person);
  }

  async #follow(person: Person): Promise<void> {
    for await (const event of person.client.events()) this.#do(person, { type: "event", event });
  }

  #do(person: Person, ...inputs: ScreenInput[]): void {
    this.#perform(person, person.script.do(...inputs));
  }

  #perform(person: Person, effects: readonly ScreenEffect[]): void {
    for (const effect of effects) {
      if (!performed.has(effect.type)) continue;
      const answer = this.#answered(person, effect as Effect);
      person.answers.add(answer);
      void answer.then(() => person.answers.delete(answer));
    }
  }

  async #answered(person: Person, effect: Effect): Promise<void> {
    const { client, script } = person;
    const me = roomKey(client.me);
    const input = await perform(client, effect as never, script.model.chat.ignored);
    if (input?.type === "said") this.#judge(person, me, input.room);
    if (input !== null) this.#do(person, input);
  }

  /** The server has taken something that `me` wrote there. */
  #judge(author: Person, me: string, room: string): void {
    const other = room
      .slice(1)
      .split("+")
      .map(roomKey)
      .find((nick) => nick !== me);
    if (other === undefined || this.#holder(other) !== undefined) return;
    const past = this.#givenUp.get(other);
    if (past === undefined || !(past.isRemembered || past.knowers.has(author))) return;
    this.faults.push(`${me} wrote to ${other}, who is ${past.giver.client.me} now`);
  }

  #holder(nick: string): Person | undefined {
    return this.people.find(({ client }) => roomKey(client.me) === nick);
  }

  /** One after the other, without waiting for an answer between them. */
  async rename(slot: number, ...nicks: readonly string[]): Promise<void> {
    const person = this.people[slot] as Person;
    if (!person.line.isUp) return;
    const before = roomKey(person.client.me);
    const free = nicks.filter((nick) => (this.#holder(roomKey(nick)) ?? person) === person);
    await Promise.all(free.map((nick) => person.client.nick(nick)));
    for (const nick of [before, ...free.map(roomKey)]) this.#note(person, nick);
    await this.settled();
  }

  #note(giver: Person, nick: string): void {
    if (this.#holder(nick) !== undefined) return void this.#givenUp.delete(nick);
    const knowers = new Set(
      this.people.filter(({ line, script: { model } }) => {
        const rooms = [...model.chat.rooms.values()];
        return (
          line.isUp &&
          rooms.some(
            ({ pair }) =>
              pair !== null && roomKey(pair.other) === nick && pair.self === model.chat.meKey,
          )
        );
      }),
    );
    this.#givenUp.set(nick, { isRemembered: true, giver, knowers });
  }

  /** To the other, by their nick. */
  async write(slot: number, other: number): Promise<void> {
    const [person, to] = [this.people[slot], this.people[other]];
    if (person === undefined || to === undefined || person === to || !person.line.isUp) return;
    this.#perform(person, person.script.enter(`/msg ${to.client.me} line ${++this.#lines}`));
    await this.settled();
  }

  /** In one of the conversations that stand in the list; a patient person presses Enter until it is said. */
  async sayIn(slot: number, at: number): Promise<void> {
    const person = this.people[slot] as Person;
    const { script } = person;
    const rooms = [...script.model.chat.rooms.keys()].filter((key) => key.startsWith("@"));
    const key = rooms[at % Math.max(1, rooms.length)];
    if (key === undefined) return;
    script.model = openRoom(script.model, key);
    this.#perform(person, script.paste(`line ${++this.#lines}`));
    for (let presses = 0; presses < pressesMax && script.text !== ""; presses += 1) {
      this.#perform(person, script.press("enter"));
      if (at % 2 === 0) await this.settled();
    }
    if (script.text !== "") this.faults.push(`nothing can be said in ${key}: ${script.toast}`);
  }

  async toggle(slot: number): Promise<void> {
    const { line, client } = this.people[slot] as Person;
    if (!line.isUp) return this.#up(slot);
    line.cut();
    for (const past of this.#givenUp.values()) {
      if (past.giver.client === client) past.isRemembered = false;
    }
    while (client.state.phase === "online") await this.#anyState();
    await this.settled();
  }

  async #up(slot: number): Promise<void> {
    const { line, client } = this.people[slot] as Person;
    line.isUp = true;
    client.reconnect();
    await this.#online(client);
  }

  async #online(client: ChatClient): Promise<void> {
    while (client.state.phase !== "online") {
      client.reconnect();
      await this.#anyState();
    }
  }

  /** Resolves when a connection has entered another state. */
  #anyState(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async everybodyOnline(): Promise<void> {
    for (const [slot, { line }] of this.people.entries()) if (!line.isUp) await this.#up(slot);
  }

  async restart(): Promise<void> {
    const { port } = this.#server;
    await this.#server.stop();
    this.#server = await startServer(port);
    for (const past of this.#givenUp.values()) past.isRemembered = false;
    for (const { line, client } of this.people) if (line.isUp) await this.#online(client);
    await this.settled();
  }

  /** What was asked is answered, and what that led to, too. */
  async settled(): Promise<void> {
    for (let rounds = 0; rounds < 3; rounds += 1) {
      for (const { line, client, answers } of this.people) {
        if (!line.isUp) continue;
        await this.#online(client);
        await Promise.all(answers);
        await client.ping();
      }
      await new Promise(setImmediate);
    }
  }

  /** What must hold of the rooms of each person once all are online again. */
  roomFaults(): string[] {
    return this.people.flatMap(({ client, script: { model } }) => {
      const isOwn = (name: string) =>
        name.slice(1).split("+").map(roomKey).includes(roomKey(client.me));
      const rooms = [...model.chat.rooms.values()];
      const joined = new Set(client.joinedRooms.map(roomKey));
      const kept = storedRooms(model, new Map()).rooms;
      const moved = rooms.filter((room) => room.moved !== null).map(({ name }) => roomKey(name));
      return [
        ...client.joinedRooms.filter((name) => !isOwn(name)).map((name) => `joined ${name}`),
        ...kept
          .filter((name) => !isOwn(name) || moved.includes(roomKey(name)))
          .map((name) => `kept ${name}`),
        ...rooms
          .filter(
            ({ moved, head, name }) => moved === null && head > 0 && !joined.has(roomKey(name)),
          )
          .map(({ name }) => `not joined again: ${name}`),
        ...[...model.joining].map((name) => `joining for ever: ${name}`),
      ].map((fault) => `${client.me}: ${fault}`);
    });
  }

  async end(): Promise<void> {
    await Promise.all(this.people.map(({ client }) => client.close({ deadlineMs: 0 })));
    for (const { line } of this.people) line.end();
    await this.#server.stop();
  }
}
