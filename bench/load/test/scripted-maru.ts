// A chat server that speaks just enough of Maru's protocol to be measured, and does
// wrong what a test tells it to. Independent of the real one on purpose: it is what the load
// generator is checked against. Small volumes only; it never looks at what a socket accepts.

import type { Socket } from "bun";

/** What to do wrong, by the number of the message, from 1. */
export interface Script {
  /** How often the first member of its room gets message n: 1 is right. */
  readonly copies?: (n: number) => number;
  /** How many later messages are sent before message n: 0 is right. */
  readonly delays?: (n: number) => number;
  /** Answers the command with an error, and tells none. */
  readonly rejects?: (n: number) => boolean;
  /** Ends the connection of the first member of its room, before message n is told to any. */
  readonly cuts?: (n: number) => boolean;
  /** Breaks the JSON of the event. */
  readonly garbles?: (n: number) => boolean;
  /** Guests beyond these are told that the server is full. */
  readonly connectionsMax?: number;
  /** So are these, the n-th connection from 1. */
  readonly refuses?: (n: number) => boolean;
  /** Connection n is ended without a word. */
  readonly hangsUp?: (n: number) => boolean;
  /** Answers a leave, and goes on sending what is said in the room. */
  readonly keepsLeavers?: boolean;
}

interface Guest {
  unread: Buffer;
}

export interface ScriptedMaru {
  readonly port: number;
  stop(): void;
}

export function startScriptedMaru(script: Script): ScriptedMaru {
  const rooms = new ScriptedRooms(script);
  let connections = 0;
  const listener = Bun.listen<Guest>({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      open(socket) {
        socket.data = { unread: Buffer.alloc(0) };
        const n = ++connections;
        if (script.hangsUp?.(n)) return void socket.end();
        if (n <= (script.connectionsMax ?? 1000) && !script.refuses?.(n)) return;
        socket.write(frameOf({ type: "close", code: "too_many_connections" }));
        socket.shutdown();
      },
      data(socket, bytes) {
        socket.data.unread = Buffer.concat([socket.data.unread, bytes]);
        for (const command of takeCommands(socket.data)) rooms.take(socket, command);
      },
    },
  });
  return { port: listener.port, stop: () => listener.stop(true) };
}

interface ScriptedRoom {
  readonly members: Socket<Guest>[];
  head: number;
}

class ScriptedRooms {
  readonly #script: Script;
  readonly #rooms = new Map<string, ScriptedRoom>();
  #said = 0;
  #heldBack: { event: Buffer; room: ScriptedRoom; until: number } | undefined;

  constructor(script: Script) {
    this.#script = script;
  }

  take(socket: Socket<Guest>, command: Command): void {
    const { type, id, room: name } = command;
    const room = this.#roomOf(name);
    if (type === "hello") socket.write(frameOf({ type: "welcome", re: id }));
    if (type === "join") {
      room.members.push(socket);
      socket.write(frameOf({ type: "joined", re: id, room: name, epoch: "e", head: room.head }));
      for (const member of room.members) member.write(frameOf({ type: "presence", room: name }));
    }
    if (type === "leave") {
      if (!this.#script.keepsLeavers) room.members.splice(room.members.indexOf(socket), 1);
      socket.write(frameOf({ type: "left", re: id, room: name }));
    }
    if (type === "send") this.#say(socket, command);
  }

  #roomOf(name: string): ScriptedRoom {
    const room = this.#rooms.get(name) ?? { members: [], head: 0 };
    this.#rooms.set(name, room);
    return room;
  }

  #say(socket: Socket<Guest>, { id, room: name, text }: Command): void {
    const n = ++this.#said;
    if (this.#script.rejects?.(n)) {
      socket.write(frameOf({ type: "error", re: id, code: "busy" }));
      return;
    }
    const room = this.#roomOf(name);
    if (this.#script.cuts?.(n)) room.members.shift()?.terminate();
    const seq = ++room.head;
    socket.write(frameOf({ type: "sent", re: id, room: name, seq }));
    const event = frameOf({ type: "message", room: name, seq, at: 1, from: "b", text });
    if (this.#script.garbles?.(n)) event[event.length - 1] = 0x20;
    const delay = this.#script.delays?.(n) ?? 0;
    if (delay > 0) this.#heldBack = { event, room, until: n + delay };
    else this.#publish(n, event, room);
    if (this.#heldBack?.until !== n) return;
    this.#publish(n, this.#heldBack.event, this.#heldBack.room);
    this.#heldBack = undefined;
  }

  #publish(n: number, event: Buffer, { members }: ScriptedRoom): void {
    for (const [place, member] of members.entries()) {
      const copies = place === 0 ? (this.#script.copies?.(n) ?? 1) : 1;
      for (let copy = 0; copy < copies; copy++) member.write(event);
    }
  }
}

interface Command {
  readonly type: string;
  readonly id: number;
  readonly room: string;
  readonly text: string;
}

function frameOf(message: object): Buffer {
  const payload = Buffer.from(JSON.stringify(message));
  const frame = Buffer.alloc(4 + payload.length);
  frame.writeUInt32BE(payload.length);
  payload.copy(frame, 4);
  return frame;
}

function takeCommands(guest: Guest): Command[] {
  const commands: Command[] = [];
  while (guest.unread.length >= 4) {
    const end = 4 + guest.unread.readUInt32BE();
    if (guest.unread.length < end) break;
    commands.push(JSON.parse(guest.unread.toString("utf8", 4, end)) as Command);
    guest.unread = guest.unread.subarray(end);
  }
  return commands;
}
