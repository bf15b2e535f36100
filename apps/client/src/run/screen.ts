// The full screen: puts together the settings, what was kept, the connection and the terminal, runs
// until /quit, a signal or the end of the connection, and gives everything back.

import { type Client, open, roomKey } from "@maru/sdk";
import manifest from "../../package.json" with { type: "json" };
import type { Ending } from "../cli/exit-codes.ts";
import type { ScreenRun } from "../cli/programs.ts";
import { screenSettingsOf } from "../config/screen-settings-of.ts";
import { themeNamed } from "../config/themes.ts";
import type { Io } from "../io/io.ts";
import { type Keep, openKeep } from "../keep/keep.ts";
import { keepDirectory } from "../keep/keep-directory.ts";
import { MovingKeep } from "../keep/moving-keep.ts";
import { noKeep } from "../keep/no-keep.ts";
import { bindingsOf } from "../key/bindings.ts";
import { createModel, withCurrent, withRoom } from "../model/model.ts";
import { createScreenModel, type ScreenModel } from "../screen/screen-model.ts";
import { noticeWayOf } from "../terminal/modes.ts";
import { createTerminal } from "../terminal/opentui-terminal.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { screenFrame } from "../view/screen/screen-frame.ts";
import { Caller } from "./call-person.ts";
import { IdleCollector } from "./idle-collector.ts";
import { Outbox } from "./outbox.ts";
import { say } from "./say.ts";
import { pendingOf, withKept } from "./screen-keep.ts";
import { ScreenSession } from "./screen-session.ts";

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
): Promise<Ending | null> {
  const problems: string[] = [];
  const keep = keepOf(run, (text) => problems.push(text));
  const client = open({
    host: run.target.host,
    port: run.target.port,
    nick: run.nick,
    client: `maru-client/${manifest.version}`,
    retryFirst: true,
  });
  const start = startModel(run, client, keep);
  const caller = new Caller({
    settings: run.config.notify,
    environment: run.environment.inherited,
    onProblem: (text) => problems.push(text),
    nowMs: Date.now,
  });
  const outbox = new Outbox(client, keep);
  const tools = { editor: run.environment.editor, call: caller.call };
  const collector = new IdleCollector();
  const parts = { client, keep, outbox, tools, collector, nowMs: Date.now };
  const session = new ScreenSession(start, parts);
  const terminal = await terminalOf(run, session).catch(noScreen);
  if (terminal === null) {
    await client.close({ deadlineMs: 0 });
    keep.close();
    return null;
  }
  session.attach(terminal);
  caller.attach(terminal);
  const tell = () => {
    for (const text of problems.splice(0)) session.apply({ type: "told", text, isError: true });
  };
  const { pending, cids } = restored(keep, start);
  enter(client, session, start);
  session.apply({ type: "restored", pending });
  outbox.resume(cids, session.apply);
  tell();
  const timers = [
    setInterval(() => {
      tell();
      session.apply({ type: "ticked" });
    }, tickEveryMs),
    setInterval(() => session.apply({ type: "due" }), markEveryMs),
  ];
  const gone = session.follow().then(() => session.ended);
  const ending = await Promise.race([session.ended, io.stopped, gone]);
  for (const timer of timers) clearInterval(timer);
  caller.end();
  return finish({ ending, session, terminal, client, keep, io });
}

function keepOf(run: ScreenRun, onProblem: (text: string) => void): MovingKeep {
  const { stateHome } = run.environment;
  const { host, port } = run.target;
  const openFor = (nick: string | null): Keep => {
    if (stateHome === null) return noKeep;
    const directory = keepDirectory(stateHome, { host, port, nick });
    return openKeep({ directory, onProblem, isGuest: nick === null });
  };
  return new MovingKeep(openFor, run.nick ?? null);
}

/** The rooms of the command line or the settings, then those that were open the last time. */
function startModel(run: ScreenRun, client: Client, keep: Keep): ScreenModel {
  const settings = screenSettingsOf(run.config);
  const { bindings } = bindingsOf(run.config.keys, run.config.enter);
  const size = { width: 80, height: 24 };
  const { rooms: before, current } = keep.kept.rooms;
  const wanted = [...run.config.rooms, run.target.room, ...before];
  const first = run.isRoomGiven ? run.target.room : (current ?? run.target.room);
  let chat = createModel(client.me, client.state);
  for (const name of wanted) chat = withRoom(chat, name);
  chat = withCurrent({ ...chat, nowMs: Date.now() }, roomKey(first));
  const model = createScreenModel(chat, { size, settings, bindings });
  const levels = new Map(
    Object.entries(run.config.notify.rooms).map(([room, level]) => [roomKey(room), level] as const),
  );
  return withKept({ ...model, levels }, keep.kept);
}

function restored(keep: Keep, { saidCount }: ScreenModel) {
  let id = saidCount;
  const found = pendingOf(keep.kept, () => {
    id += 1;
    return id;
  });
  const cids = new Map(found.map(({ pending, cid }) => [pending.id, cid]));
  return { pending: found.map(({ pending }) => pending), cids };
}

/** Asked for before anything is sent: the server then knows the rooms. */
function enter(client: Client, session: ScreenSession, { chat }: ScreenModel): void {
  for (const { name: room } of chat.rooms.values()) {
    const effect = { type: "join", room } as const;
    void client.join(room).catch((error) => session.apply({ type: "failed", effect, error }));
  }
  session.apply({ type: "started" });
}

function terminalOf(run: ScreenRun, session: ScreenSession): Promise<Terminal> {
  const { inherited } = run.environment;
  const theme = themeNamed(run.config.theme, run.config.themes) ?? themeNamed("default");
  if (theme === null) throw new Error("the default theme is not there");
  return createTerminal({
    theme: theme.styles,
    depth: run.depth,
    mouse: run.config.mouse,
    notices: noticeWayOf(inherited.TERM_PROGRAM, inherited.TERM),
    frame: (size) => {
      const { model } = session;
      const isSame = model.size.width === size.width && model.size.height === size.height;
      if (!isSame) session.model = { ...model, size };
      return screenFrame(session.model);
    },
  });
}

interface Finish {
  readonly ending: Ending;
  readonly session: ScreenSession;
  readonly terminal: Terminal;
  readonly client: Client;
  readonly keep: Keep;
  readonly io: Io;
}

/** Restored first: whatever happens now, the terminal is the person's again. */
async function finish(parts: Finish): Promise<Ending> {
  const { ending, session, terminal, client, keep, io } = parts;
  session.apply({ type: "due" });
  keep.flush();
  await terminal.end();
  const { state } = client;
  if (state.phase === "closed") say(io.stderr, state.reason.message);
  await client.close({ deadlineMs: ending === "done" ? patienceMs : 0 });
  const left = client.unsent().length;
  if (left > 0) say(io.stderr, `${left} not acknowledged yet: kept, and sent the next time`);
  keep.close();
  await io.stderr.flushed();
  return ending;
}
