// A server that speaks the protocol and says what no honest one would let pass: any string as nick,
// topic, member, error or reason. Judges nothing; the test tells it what to say.

import { encodeFrame, FrameDecoder } from "@maru/protocol";

const limits = {
  frameBytes: 1_048_576,
  textBytes: 8192,
  inflight: 8,
  sendRate: 0,
  sendBurst: 0,
  roomsPerSession: 64,
  historyPage: 100,
};

interface Command {
  readonly type: string;
  readonly id: number;
  readonly room?: string;
}
type Peer = Bun.Socket<{ decoder: FrameDecoder; rest: Uint8Array[] }>;

export interface HostileAnswers {
  /** The nick that is given to whoever greets. */
  nick: string;
  topic: string;
  members: readonly string[];
  /** Rooms of the directory. */
  rooms: readonly { room: string; topic: string; memberCount: number }[];
  /** What every message that is sent is refused with. */
  refusal: string;
}

export class HostileServer {
  readonly answers: HostileAnswers = {
    nick: "ann",
    topic: "",
    members: [],
    rooms: [],
    refusal: "no",
  };
  readonly #server: Bun.TCPSocketListener<{ decoder: FrameDecoder; rest: Uint8Array[] }>;
  #socket: Peer | null = null;
  #seq = 0;

  constructor() {
    this.#server = Bun.listen({
      hostname: "127.0.0.1",
      port: 0,
      socket: {
        open: (socket) => {
          socket.data = { decoder: new FrameDecoder(65_536), rest: [] };
          this.#socket = socket;
        },
        data: (socket, chunk) => {
          const { decoder } = socket.data;
          decoder.push(chunk);
          for (let frame = decoder.next(); frame !== null; frame = decoder.next()) {
            this.#answer(socket, JSON.parse(new TextDecoder().decode(frame)));
          }
        },
        drain: (socket) => flush(socket),
      },
    });
  }

  get address(): string {
    return `127.0.0.1:${this.#server.port}`;
  }

  /** To the client that came last. */
  say(message: object): void {
    if (this.#socket !== null) tell(this.#socket, message);
  }

  /** An entry of the room's log; tells its place. */
  enter(entry: object): number {
    this.#seq += 1;
    this.say({ room: "den", seq: this.#seq, at: Date.now(), ...entry });
    return this.#seq;
  }

  stop(): void {
    this.#server.stop(true);
  }

  #answer(socket: Peer, { type, id: re, room }: Command): void {
    const { nick, topic, members, rooms, refusal } = this.answers;
    const epoch = "e";
    const replies: Readonly<Record<string, object>> = {
      hello: {
        ...{ type: "welcome", version: 1, server: "hostile/1", nick, session: "s", time: 0 },
        ...{ durability: "memory", heartbeatMs: 30_000, limits },
      },
      join: {
        ...{ type: "joined", room, epoch, head: this.#seq, topic, memberCount: members.length },
        ...{ members, recovered: true },
      },
      history: { type: "page", entries: [], more: false, head: this.#seq },
      search: { type: "page", entries: [], more: false },
      inbox: { type: "conversations", rooms: [], more: false },
      mark: { type: "marked", room, seq: this.#seq },
      rooms: { type: "directory", rooms, more: false },
      who: { type: "members", room, members, more: false },
      typing: { type: "noted" },
      ping: { type: "pong" },
      send: { type: "error", code: "forbidden", message: refusal, retryable: false },
    };
    const reply = replies[type];
    if (reply === undefined) throw new Error(`no answer to ${type}`);
    tell(socket, { re, ...reply });
  }
}

function tell(socket: Peer, message: object): void {
  socket.data.rest.push(Uint8Array.from(encodeFrame(JSON.stringify(message))));
  flush(socket);
}

function flush(socket: Peer): void {
  const { rest } = socket.data;
  for (let bytes = rest[0]; bytes !== undefined; bytes = rest[0]) {
    const written = socket.write(bytes);
    if (written < 0) return;
    if (written < bytes.length) {
      rest[0] = bytes.subarray(written);
      return;
    }
    rest.shift();
  }
}
