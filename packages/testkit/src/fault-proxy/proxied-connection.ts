// A client's connection and the one to the server that it stands for, with a pipe each way. Owns both
// sockets: what one side hears of an end, the other will hear too, once the pipe between lets it pass.

import type { Socket } from "bun";
import type { SeededRandom } from "../seeded-random.ts";
import type { Direction, Faults } from "./faults.ts";
import { FaultyPipe } from "./faulty-pipe.ts";
import type { ProxyClock } from "./pipe-ports.ts";

export type Side = "client" | "server";
export type SideData = { readonly connection: ProxiedConnection; readonly side: Side };

export interface ConnectionOptions {
  readonly faults: Readonly<Record<Direction, Faults>>;
  readonly random: SeededRandom;
  readonly clock: ProxyClock;
  readonly bufferBytes: number;
  /** Both sockets are closed. */
  readonly gone: (connection: ProxiedConnection) => void;
}

type State =
  | { readonly phase: "connecting" }
  | { readonly phase: "joined"; readonly server: Socket<SideData> }
  | { readonly phase: "cut" };

export class ProxiedConnection {
  readonly #client: Socket<SideData>;
  readonly #options: ConnectionOptions;
  #state: State = { phase: "connecting" };
  #pipes: Record<Direction, FaultyPipe> | null = null;
  #open = new Set<Side>(["client"]);

  /** Reads nothing from the client until the server is there. */
  constructor(client: Socket<SideData>, options: ConnectionOptions) {
    this.#client = client;
    this.#options = options;
    client.setNoDelay(true);
    client.pause();
  }

  /** Bytes that were read and not yet taken by the other side's kernel. */
  heldBytes(direction: Direction): number {
    return this.#pipes?.[direction].heldBytes ?? 0;
  }

  /** Bytes that the other side's kernel has taken. */
  passedBytes(direction: Direction): number {
    return this.#pipes?.[direction].passedBytes ?? 0;
  }

  /** The connection to the server stands. */
  joined(server: Socket<SideData>): void {
    if (this.#state.phase === "cut") {
      server.terminate();
      return;
    }
    const { faults, random, clock, bufferBytes } = this.#options;
    const cut = (how: "reset" | "close") => this.#cut(how);
    const pipe = (source: Socket<SideData>, sink: Socket<SideData>, of: Direction) =>
      new FaultyPipe({ source, sink, faults: faults[of], random, clock, bufferBytes, cut });
    server.setNoDelay(true);
    this.#open.add("server");
    this.#state = { phase: "joined", server };
    this.#pipes = {
      upstream: pipe(this.#client, server, "upstream"),
      downstream: pipe(server, this.#client, "downstream"),
    };
    this.#client.resume();
  }

  received(side: Side, chunk: Uint8Array): void {
    this.#from(side)?.push(chunk);
  }

  drained(side: Side): void {
    this.#into(side)?.drained();
  }

  sideEnded(side: Side): void {
    this.#from(side)?.end("fin");
  }

  sideClosed(side: Side, hasFailed: boolean): void {
    this.#open.delete(side);
    const into = this.#into(side);
    // Behind our own FIN, Bun tells of the other one by the close alone; before it, neither side closes.
    this.#from(side)?.end(into?.hasSentFin && !hasFailed ? "fin" : "reset");
    into?.stop();
    if (this.#state.phase === "connecting") this.#state = { phase: "cut" };
    if (this.#open.size === 0) this.#options.gone(this);
  }

  setFaults(direction: Direction, faults: Faults): void {
    this.#pipes?.[direction].setFaults(faults);
  }

  /** Ends both sides with RST, whatever is on its way. */
  reset(): void {
    this.#cut("reset");
  }

  #cut(how: "reset" | "close"): void {
    if (this.#state.phase === "cut") return;
    const sockets = [this.#client, ...(this.#state.phase === "joined" ? [this.#state.server] : [])];
    this.#state = { phase: "cut" };
    this.#pipes?.upstream.stop();
    this.#pipes?.downstream.stop();
    for (const socket of sockets) {
      if (how === "reset") socket.terminate();
      // Closes at once, whether or not a FIN answers; what the kernel has taken is still delivered.
      else socket.end();
    }
  }

  /** The pipe that carries what this side sends. */
  #from(side: Side): FaultyPipe | null {
    return this.#pipes?.[side === "client" ? "upstream" : "downstream"] ?? null;
  }

  /** The pipe that carries what this side receives. */
  #into(side: Side): FaultyPipe | null {
    return this.#pipes?.[side === "client" ? "downstream" : "upstream"] ?? null;
  }
}
