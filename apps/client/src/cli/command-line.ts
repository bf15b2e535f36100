// The command line: what may be typed, its help, and which program it starts.
// Turns words into the programs' options and endings into exit codes; runs nothing itself.

import { Command, CommanderError, InvalidArgumentError } from "commander";
import manifest from "../../package.json" with { type: "json" };
import type { ChatRun } from "../run/chat.ts";
import type { SendRun } from "../run/send.ts";
import type { TailRun } from "../run/tail.ts";
import { type Ending, exitCodes, exitCodesHelp } from "./exit-codes.ts";
import { type ClientConfig, defaultRoom, environmentHelp } from "./load-config.ts";
import { parseTarget, type Target, UsageError } from "./target.ts";

export interface Programs {
  chat(run: ChatRun): Promise<Ending>;
  send(run: SendRun): Promise<Ending>;
  tail(run: TailRun): Promise<Ending>;
}

export interface Texts {
  out(text: string): void;
  error(text: string): void;
}

const name = "bun run client";

/** Runs what `args` ask for; resolves with the exit code. */
export async function runCommandLine(
  args: readonly string[],
  programs: Programs,
  config: ClientConfig,
  texts: Texts,
): Promise<number> {
  let ending: Ending = "done";
  const run = async (program: () => Promise<Ending>) => {
    ending = await program();
  };
  // Options belong to the command that they follow: --nick of send is not the chat's.
  const root = new Command(name).enablePositionalOptions();
  root.configureOutput({ writeOut: texts.out, writeErr: texts.error });
  addChat(root, config, async (chat, address) => {
    await run(() => programs.chat(chat));
    if (ending === "unreachable") texts.error(bareWordHint(address));
  });
  addSend(root, config, (send) => run(() => programs.send(send)));
  addTail(root, config, (tail) => run(() => programs.tail(tail)));
  for (const command of [root, ...root.commands]) command.exitOverride();
  try {
    await root.parseAsync([...args], { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? exitCodes.done.code : exitCodes.usage.code;
    }
    if (!(error instanceof UsageError)) throw error;
    texts.error(`error: ${error.message}\n`);
    return exitCodes.usage.code;
  }
  return exitCodes[ending].code;
}

/** Whoever mistypes a subcommand has named a server. */
function bareWordHint(address = "."): string {
  if (/[.:/]/.test(address)) return "";
  return `("${address}" was taken for a server; the subcommands are send and tail)\n`;
}

function addChat(
  root: Command,
  config: ClientConfig,
  run: (chat: ChatRun, address: string | undefined) => Promise<void>,
): void {
  root
    .description("A chat client for the terminal, and two programs for scripts: send and tail.")
    .version(manifest.version)
    .argument("[address]", `maru://host:port/room (${config.server}/${defaultRoom})`)
    .option("--nick <NICK>", "who to be; without it the server picks a guest's name")
    .showHelpAfterError(`(${name} --help shows how)`)
    .addHelpText("after", () =>
      [
        "",
        "Type /help in the chat for its commands. When standard input is not a terminal, each line",
        "of it is said as if typed, and the end of it is the end of the chat.",
        "",
        "Examples:",
        `  ${name}`,
        `  ${name} maru://chat.example/lobby --nick ann`,
        `  echo "the build is green" | ${name} maru://chat.example/ops`,
        "",
        environmentHelp,
        "",
        exitCodesHelp(),
      ].join("\n"),
    )
    .action((address: string | undefined, { nick }: { nick?: string }) => {
      const target = parseTarget(address ?? config.server, undefined);
      const room = target.room ?? defaultRoom;
      const who = { nick: nick ?? config.nick, colour: config.colour };
      return run({ target: { ...target, room }, ...who }, address);
    });
}

interface SharedFlags {
  room?: string;
  server?: string;
  nick?: string;
}

function withShared(command: Command, config: ClientConfig): Command {
  return command
    .option("--room <ROOM>", "the room; may also stand in the address")
    .option("--server <ADDRESS>", `host:port or maru://host:port/room (${config.server})`)
    .option("--nick <NICK>", "who to be; without it the server picks a guest's name")
    .showHelpAfterError(`(${name} ${command.name()} --help shows how)`);
}

function addSend(root: Command, config: ClientConfig, run: (send: SendRun) => Promise<void>): void {
  interface Flags extends SharedFlags {
    stripCr?: true;
    pack?: true;
    patience: number;
  }
  withShared(
    root.command("send").argument("[text]", "one message; without it, standard input"),
    config,
  )
    .description("Sends TEXT, or each line of standard input. Ends when all is acknowledged.")
    .option("--strip-cr", "take the \\r of each \\r\\n away; otherwise it is an error")
    .option("--pack", "join lines into as few messages as may be: for whole files")
    .option("--patience <SECONDS>", "give up when nothing is acknowledged for so long", count, 60)
    .addHelpText("after", () =>
      [
        "",
        "`tail` prints exactly the lines that went in: empty ones too, and those longer than a message,",
        "which travel in pieces. A last line without a newline gets one. What can't be sent (a control",
        "character, bytes that are not UTF-8) ends the sending there, and is named by its line.",
        "",
        "The pace is the send rate that the server announces, in messages a second; it does not count",
        "bytes, so that a file goes much faster with --pack.",
        "",
        "Examples:",
        `  ${name} send --room ops "the build is green"`,
        `  journalctl -f | ${name} send --room ops --server chat.example:7667 --nick logs`,
        `  ${name} send --room books --pack < novel.txt`,
        "",
        exitCodesHelp(),
      ].join("\n"),
    )
    .action((text: string | undefined, flags: Flags) =>
      run({
        ...shared(flags, config),
        text: text ?? null,
        stripCr: flags.stripCr ?? false,
        pack: flags.pack ?? false,
        patienceMs: flags.patience * 1000,
      }),
    );
}

function addTail(root: Command, config: ClientConfig, run: (tail: TailRun) => Promise<void>): void {
  interface Flags extends SharedFlags {
    json?: true;
    verbose?: true;
    quiet?: true;
    count?: number;
    since?: number;
  }
  withShared(root.command("tail"), config)
    .description("Prints what is said in a room: the text alone, a line a message.")
    .option(
      "--json",
      "one JSON object an entry: type, room, seq, at, from, and text or what was done",
    )
    .option("-v, --verbose", "with time and nick")
    .option("-n, --count <COUNT>", "end after COUNT messages", count)
    .option("--since <SEQ>", "begin behind this seq; 0: with the room's first message", wholeNumber)
    .option("-q, --quiet", "say nothing on standard error but errors")
    .addHelpText("after", () =>
      [
        "",
        'Says "joined ROOM" on standard error once it listens, reconnects by itself, and neither',
        "repeats nor drops a message. What was printed stays as it was said: edits and messages that are",
        "taken back are told on standard error, with --verbose among the lines, reactions only there,",
        "and --json has each as an object. COUNT counts messages.",
        "",
        "Examples:",
        `  ${name} tail --room ops`,
        `  ${name} tail --room ops --json --since 0 -n 100`,
        "",
        exitCodesHelp(),
      ].join("\n"),
    )
    .action((flags: Flags) =>
      run({
        ...shared(flags, config),
        format: flags.json ? "json" : flags.verbose ? "verbose" : "text",
        count: flags.count ?? null,
        since: flags.since ?? null,
        quiet: flags.quiet ?? false,
      }),
    );
}

function shared(flags: SharedFlags, config: ClientConfig) {
  const target: Target = parseTarget(flags.server ?? config.server, flags.room);
  const { room } = target;
  if (room === null) throw new UsageError("which room? --room ROOM");
  return { target: { ...target, room }, nick: flags.nick ?? config.nick };
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError("a whole number is needed.");
}

function count(text: string): number {
  const value = /^-\d+$/.test(text) ? 0 : wholeNumber(text);
  if (value >= 1) return value;
  throw new InvalidArgumentError("at least 1 is needed.");
}
