// `client inspect`: shows every frame of a connection, both ways, and sends what is typed. Knows the
// frame and JSON, and of the protocol only what all have: `id` and `re`, and that a greeting's reply may
// tell a heartbeat. Owns the socket, and what ends it: the input, a signal, a reader that left, the peer.

import { connect, type Socket } from "node:net";
import { encodeFrame, FrameDecoder, startInterval, startTimer } from "@maru/protocol";
import { chatVersion } from "@maru/protocol/chat";
import type { Io } from "@maru/tui/io";
import manifest from "../../../package.json" with { type: "json" };
import type { Ending } from "../../cli/exit-codes.ts";
import { addressAdvice, type Target } from "../../cli/target.ts";
import { say } from "../session/say.ts";
import { Exchange, type Exchanged } from "./exchange.ts";
import { frameJson, frameRows, harmless, hexOf } from "./frame-view.ts";
import { heartbeatOf } from "./heartbeat-of.ts";
import { type Typed, TypedCommands } from "./typed-commands.ts";

export interface InspectRun {
  readonly target: Target;
  readonly nick: string | undefined;
  /** Whether to begin with the chat's hello. */
  readonly greets: boolean;
  /** Whether to keep the connection alive. */
  readonly pings: boolean;
  readonly isJson: boolean;
}

/** Bytes of one frame from a server, as the SDK takes them. */
const payloadBytesMax = 16 * 1024 * 1024;
/** What a connection may take to come about, and to end once the input has, in milliseconds. */
const connectMs = 10_000;
const endMs = 10_000;
/** The part of a heartbeat after which a ping is sent. */
const pingShare = 0.75;
const columnsDefault = 100;
const foreignBytes = 32;

export async function runInspect(run: InspectRun, io: Io): Promise<Ending> {
  io.stdout.watchReader();
  const gone = io.stdout.ended().then(() => "done" as const);
  const dialled = await Promise.race([dial(run.target), io.stopped, gone]);
  if (typeof dialled === "string") return dialled;
  if (dialled instanceof Error) {
    const { host, port } = run.target;
    say(
      io.stderr,
      `${host}:${port} can't be reached: ${dialled.message}.${addressAdvice(run.target)}`,
    );
    return "unreachable";
  }
  const inspection = new Inspection(dialled, run, io);
  const ending = await Promise.race([inspection.run(), io.stopped, gone]);
  inspection.stop();
  await io.stdout.flushed();
  return ending;
}

/** A connected socket, or why there is none. */
function dial({ host, port }: Target): Promise<Socket | Error> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, noDelay: true });
    const cancel = startTimer(connectMs, () => {
      socket.destroy();
      resolve(new Error(`no answer within ${connectMs / 1_000} s`));
    });
    socket.once("connect", () => {
      cancel();
      resolve(socket);
    });
    socket.once("error", (error: NodeJS.ErrnoException) => {
      cancel();
      resolve(new Error(error.code ?? error.message));
    });
  });
}

class Inspection {
  readonly #socket: Socket;
  readonly #run: InspectRun;
  readonly #io: Io;
  readonly #exchange = new Exchange();
  readonly #decoder = new FrameDecoder(payloadBytesMax);
  readonly #startMs = performance.now();
  readonly #startedAt = Date.now();
  readonly #ended = Promise.withResolvers<Ending>();
  #hasInputEnded = false;
  #hasHeard = false;
  /** The last hello was answered with an error. */
  #isRefused = false;
  /** A script had a line that was no command. */
  #isMistaken = false;
  #isStopped = false;
  #stopPinging: (() => void) | null = null;

  constructor(socket: Socket, run: InspectRun, io: Io) {
    this.#socket = socket;
    this.#run = run;
    this.#io = io;
  }

  /** Resolves at the connection's end. */
  run(): Promise<Ending> {
    const socket = this.#socket;
    socket.on("data", (chunk: Uint8Array) => this.#receive(chunk));
    socket.on("end", () => socket.end());
    socket.on("error", (error) => this.#say(`the connection broke: ${error.message}`));
    socket.on("close", () => this.#closed());
    const { greets, nick } = this.#run;
    if (greets) {
      const client = `maru-inspect/${manifest.version}`;
      const hello = { type: "hello", id: this.#exchange.nextId(), versions: [chatVersion], client };
      this.#send(JSON.stringify({ ...hello, ...(nick !== undefined && { nick }) }));
    }
    void this.#sendTyped();
    return this.#ended.promise;
  }

  /** At once; of what is unanswered then nothing is said. */
  stop(): void {
    this.#isStopped = true;
    this.#stopPinging?.();
    this.#socket.destroy();
  }

  async #sendTyped(): Promise<void> {
    const typed = new TypedCommands();
    const nextId = () => this.#exchange.nextId();
    let goesOn = true;
    for await (const chunk of this.#io.stdin) {
      goesOn = await this.#give(typed.push(chunk as Uint8Array, nextId));
      if (!goesOn || this.#socket.destroyed) break;
    }
    if (goesOn) await this.#give(typed.end(nextId));
    this.#hasInputEnded = true;
    // The server answers what was asked, and then ends its side too.
    this.#socket.end();
    startTimer(endMs, () => this.#socket.destroy(), { isBackground: true });
  }

  /** False: there was a mistake, and of a script nothing is sent after it. A person may try again. */
  async #give(commands: Iterable<Typed>): Promise<boolean> {
    for (const command of commands) {
      if ("text" in command) {
        if (!this.#send(command.text)) await this.#drained();
        await this.#io.stdout.ready();
        continue;
      }
      this.#say(`line ${command.line} was not sent: ${command.problem}`);
      if (this.#io.stdin.isTTY === true) continue;
      this.#isMistaken = true;
      return false;
    }
    return true;
  }

  /** False when the kernel takes no more for now. */
  #send(text: string): boolean {
    if (this.#socket.destroyed || this.#socket.writableEnded) return true;
    const payload = Buffer.from(text);
    this.#show(this.#exchange.sent(payload, this.#ms()));
    return this.#socket.write(encodeFrame(payload));
  }

  #drained(): Promise<void> {
    const socket = this.#socket;
    return new Promise((resolve) => {
      const goOn = () => {
        socket.off("drain", goOn).off("close", goOn);
        resolve();
      };
      socket.on("drain", goOn).on("close", goOn);
    });
  }

  #receive(chunk: Uint8Array): void {
    this.#decoder.push(chunk);
    const ms = this.#ms();
    for (let payload = this.#decoder.next(); payload !== null; payload = this.#decoder.next()) {
      this.#heard(this.#exchange.received(payload, ms));
    }
    const { fault } = this.#decoder;
    if (fault !== null) return this.#broken(chunk);
    // Frames that can't be shown yet are not read either.
    this.#socket.pause();
    void this.#io.stdout.ready().then(() => this.#socket.resume());
  }

  #heard(exchanged: Exchanged): void {
    this.#show(exchanged);
    const { message, answers } = exchanged;
    this.#hasHeard = true;
    if (answers?.type === "hello") this.#isRefused = message?.type === "error";
    const heartbeatMs = answers === null ? null : heartbeatOf(message);
    if (heartbeatMs !== null) this.#keepAlive(heartbeatMs);
  }

  #keepAlive(heartbeatMs: number): void {
    if (!this.#run.pings || this.#stopPinging !== null) return;
    this.#stopPinging = startInterval(heartbeatMs * pingShare, () => {
      this.#send(JSON.stringify({ type: "ping", id: this.#exchange.nextId() }));
    });
  }

  #broken(chunk: Uint8Array): void {
    const bytes = hexOf(chunk.subarray(0, foreignBytes));
    this.#say(`this is no frame: its length is out of bounds; the last bytes began with ${bytes}`);
    this.#ended.resolve(this.#hasHeard ? "failed" : "unreachable");
    this.#socket.destroy();
  }

  #closed(): void {
    if (this.#isStopped) return;
    const unanswered = this.#exchange.unanswered;
    if (unanswered === 1) this.#say("one command was not answered");
    else if (unanswered > 1) this.#say(`${unanswered} commands were not answered`);
    if (!this.#hasInputEnded) this.#say("the server has ended the connection");
    if (this.#isMistaken) this.#ended.resolve("input");
    else if (this.#isRefused) this.#ended.resolve("refused");
    else this.#ended.resolve(this.#hasInputEnded && unanswered === 0 ? "done" : "failed");
  }

  #show(exchanged: Exchanged): void {
    const { stdout } = this.#io;
    if (!this.#run.isJson) {
      return stdout.write(frameRows(exchanged, stdout.stream.columns ?? columnsDefault));
    }
    const line = frameJson(exchanged, this.#startedAt);
    stdout.write(stdout.isTerminal ? harmless(line) : line);
  }

  #say(text: string): void {
    say(this.#io.stderr, text);
  }

  #ms(): number {
    return performance.now() - this.#startMs;
  }
}
