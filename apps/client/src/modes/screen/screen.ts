// The full screen: puts together the settings, what was kept, the connection and the terminal, runs
// until /quit, a signal or the end of the connection, and gives everything back.

import { Outbox, unsentText } from "@maru/chat-model/perform";
import { startInterval } from "@maru/protocol";
import { type ChatClient, openChat } from "@maru/sdk/chat";
import { type TtyInput, waitsText } from "@maru/tui/input";
import { IdleCollector, type Io } from "@maru/tui/io";
import { createTerminal, noticeWayOf, type Terminal } from "@maru/tui/terminal";
import { themeNamed } from "@maru/tui/theme";
import manifest from "../../../package.json" with { type: "json" };
import type { Ending } from "../../cli/exit-codes.ts";
import type { ScreenRun } from "../../cli/programs.ts";
import { addressAdvice } from "../../cli/target.ts";
import { screenFrame } from "../../screen/view/screen-frame.ts";
import { openStore } from "../../store/directory-store.ts";
import { MovingStore } from "../../store/moving-store.ts";
import { noStore } from "../../store/no-store.ts";
import type { Store } from "../../store/store.ts";
import { storeDirectory } from "../../store/store-directory.ts";
import { endingOf } from "../session/open-client.ts";
import { OwnSession } from "../session/own-session.ts";
import { say } from "../session/say.ts";
import { Caller } from "./call-person.ts";
import { ScreenSession } from "./screen-session.ts";
import { configuredLevels, restored, startModel } from "./screen-start.ts";
import { terminalSymbols } from "./terminal-symbols.ts";

/** How often time passes on the screen, and how often the server is told what was read, in ms. */
const tickEveryMs = 1_000;
const markEveryMs = 3_000;
/** How long the end waits for what is not acknowledged; it is kept for the next time, too. */
const patienceMs = 3_000;

/** Null when there is nothing to draw with, which `noScreen` is told. */
export async function runScreen(
  run: ScreenRun,
  io: Io,
  noScreen: (error: unknown) => null,
  input: TtyInput,
): Promise<Ending | null> {
  const problems: string[] = [];
  const store = storeOf(run, (text) => problems.push(text));
  const own = new OwnSession(run.stateHome, run.target, run.nick);
  const client = openChat({
    host: run.target.host,
    port: run.target.port,
    nick: run.nick,
    client: `maru-client/${manifest.version}`,
    retryFirst: true,
    ...own.options(),
  });
  const start = startModel(run, client, store);
  const caller = new Caller({
    settings: run.config.notify,
    environment: run.environment.inherited,
    onProblem: (text) => problems.push(text),
    nowMs: Date.now,
  });
  const outbox = new Outbox(client, store);
  const tools = { editor: run.environment.editor, call: caller.call };
  const collector = new IdleCollector();
  const parts = {
    ...{ client, store, outbox, tools, collector, own },
    nowMs: Date.now,
    configuredLevels: configuredLevels(run),
  };
  const session = new ScreenSession(start, parts);
  const terminal = await terminalOf(run, session, input).catch(noScreen);
  if (terminal === null) {
    await own.close(client, 0);
    store.close();
    return null;
  }
  const tell = () => {
    for (const text of problems.splice(0)) session.apply({ type: "told", text, isError: true });
  };
  const { pending, cids } = restored(store, start);
  session.enter();
  session.apply({ type: "restored", pending });
  outbox.resume(cids, session.answered);
  // What was typed meanwhile comes behind what was said before.
  session.attach(terminal);
  caller.attach(terminal);
  tell();
  const timers = [
    startInterval(tickEveryMs, () => {
      tell();
      session.apply({ type: "ticked" });
    }),
    startInterval(markEveryMs, () => session.apply({ type: "due" })),
  ];
  const gone = session.follow().then(() => session.ended);
  const ending = await Promise.race([session.ended, io.stopped, gone]);
  for (const stop of timers) stop();
  caller.end();
  return finish({ run, ending, session, terminal, client, own, store, io });
}

function storeOf(run: ScreenRun, onProblem: (text: string) => void): MovingStore {
  const { stateHome } = run.environment;
  const { host, port } = run.target;
  const openFor = (nick: string | null): Store => {
    if (stateHome === null) return noStore;
    const directory = storeDirectory(stateHome, { host, port, nick });
    return openStore({ directory, onProblem, isGuest: nick === null });
  };
  return new MovingStore(openFor, run.nick ?? null);
}

function terminalOf(run: ScreenRun, session: ScreenSession, input: TtyInput): Promise<Terminal> {
  const { inherited } = run.environment;
  const theme = themeNamed(run.config.theme, run.config.themes) ?? themeNamed("default");
  if (theme === null) throw new Error("the default theme is not there");
  return createTerminal({
    theme: theme.styles,
    depth: run.depth,
    mouse: run.config.mouse,
    input,
    full: () => session.apply({ type: "told", text: waitsText, isError: true }),
    symbols: terminalSymbols(run.config.symbols, run.environment),
    notices: noticeWayOf(inherited.TERM_PROGRAM, inherited.TERM),
    // The size that is drawn counts; the model hears of it by an input.
    frame: (size) => screenFrame({ ...session.model, size }),
  });
}

interface Finish {
  readonly run: ScreenRun;
  readonly ending: Ending;
  readonly session: ScreenSession;
  readonly terminal: Terminal;
  readonly client: ChatClient;
  readonly own: OwnSession;
  readonly store: MovingStore;
  readonly io: Io;
}

/** Restored first: whatever happens now, the terminal is the person's again. */
async function finish(parts: Finish): Promise<Ending> {
  const { run, ending, session, terminal, client, own, store, io } = parts;
  session.finish();
  store.flush();
  await terminal.end();
  const { state } = client;
  if (state.phase === "closed") {
    const isNoServer = endingOf(state.reason) === "unreachable";
    say(io.stderr, own.explain(state.reason) + (isNoServer ? addressAdvice(run.target) : ""));
  }
  const isPatient = ending === "done";
  const closed = own.close(client, isPatient ? patienceMs : 0);
  // Who asks to stop meanwhile waits no longer.
  const stopped = await (isPatient ? Promise.race([closed, io.stopped]) : closed);
  const left = client.unsent().length;
  if (left > 0) say(io.stderr, unsentText(left, store));
  store.close();
  await io.stderr.flushed();
  return stopped ?? ending;
}
