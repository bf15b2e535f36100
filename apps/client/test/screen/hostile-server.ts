// A server that speaks the protocol and says what no honest one would let pass: any string as nick,
// topic, member, error or reason. Judges nothing; the test tells it what to say.

import { type FramePeer, FrameServer, type PeerMessage } from "@maru/testkit";

const limits = {
  frameBytes: 1_048_576,
  textBytes: 8192,
  inflight: 8,
  sendRate: 0,
  sendBurst: 0,
  roomsPerSession: 64,
  historyPage: 100,
};

export interface HostileAnswers {
  /** The nick that is given to each client. */
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
  readonly #server = new FrameServer({
    accepted: (peer) => {
      this.#peer = peer;
    },
    heard: (command, peer) => this.#answer(peer, command),
  });
  #peer: FramePeer | null = null;
  #seq = 0;

  get address(): string {
    return this.#server.address;
  }

  /** To the client that came last. */
  say(message: PeerMessage): void {
    void this.#peer?.send(message);
  }

  /** An entry of the room's log; tells its place. */
  enter(entry: PeerMessage): number {
    this.#seq += 1;
    this.say({ room: "den", seq: this.#seq, at: Date.now(), ...entry });
    return this.#seq;
  }

  stop(): void {
    this.#server.stop();
  }

  #answer(peer: FramePeer, { type, id: re, room }: PeerMessage): void {
    const { nick, topic, members, rooms, refusal } = this.answers;
    const epoch = "e";
    const replies: Readonly<Record<string, PeerMessage>> = {
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
    void peer.send({ re, ...reply });
  }
}
