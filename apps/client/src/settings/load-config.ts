// The only place that reads the environment, and where settings are put together:
// default < file < profile < environment < flag.

import { join } from "node:path";
import { parseNick } from "@maru/protocol/chat";
import {
  baseDirectory,
  ConfigError,
  didYouMean,
  layerSettings,
  type SettingsPlace,
  unknownVariables,
} from "@maru/settings/load";
import { builtInThemes, themeNamed } from "@maru/tui/theme";
import { ClientConfig } from "./client-config.ts";
import { findConfigFile, readConfigFile, readScriptConfig } from "./config-file.ts";

/** What the client takes from its environment. An empty variable is as one that is not set. */
export interface Environment {
  /** A sentence for each variable that is nearly one of the client's, and none. */
  readonly unknown: readonly string[];
  /** MARU_SERVER; a room in it is the one to open. */
  readonly server: string | undefined;
  readonly nick: string | undefined;
  /** MARU_CONFIG: the settings' file, instead of the one below `configDirectory`. */
  readonly configFile: string | undefined;
  /** Ours below XDG_CONFIG_HOME; null when there is no home either. */
  readonly configDirectory: string | null;
  /** XDG_STATE_HOME or its usual place, below which drafts, history and outbox are kept. */
  readonly stateHome: string | null;
  /** False when NO_COLOR is set to anything (https://no-color.org). */
  readonly colour: boolean;
  /** Whether the terminal says of itself that it knows true colours. */
  readonly trueColour: boolean;
  /** TERM=dumb: no cursor to be moved, so no screen. */
  readonly isDumb: boolean;
  /** VISUAL or EDITOR, as it stands: a program, perhaps with arguments. */
  readonly editor: string | undefined;
  /** All of it, for programs that the client starts. */
  readonly inherited: Readonly<Record<string, string | undefined>>;
}

export function loadEnvironment(
  env: Record<string, string | undefined> = process.env,
): Environment {
  const given = (name: string) => (env[name] === "" ? undefined : env[name]);
  const configHome = baseDirectory(env, "XDG_CONFIG_HOME", ".config");
  return {
    unknown: slipsOf(env),
    server: given("MARU_SERVER"),
    nick: given("MARU_NICK"),
    configFile: given("MARU_CONFIG"),
    configDirectory: configHome === null ? null : join(configHome, "maru"),
    stateHome: baseDirectory(env, "XDG_STATE_HOME", ".local", "state"),
    colour: given("NO_COLOR") === undefined && env.TERM !== "dumb",
    trueColour: /^(truecolor|24bit)$/i.test(env.COLORTERM ?? "") || /-direct$/.test(env.TERM ?? ""),
    isDumb: env.TERM === "dumb",
    editor: given("VISUAL") ?? given("EDITOR"),
    inherited: env,
  };
}

/** Each variable and what it is for, as help and the man page show it. */
export const environmentVariables = [
  { name: "MARU_SERVER", about: "the server, when no address is given" },
  { name: "MARU_NICK", about: "the nick, when --nick is not given" },
  { name: "MARU_CONFIG", about: "the file of settings, when --config is not given" },
  { name: "XDG_CONFIG_HOME", about: "the settings are in maru/client.toml below it (~/.config)" },
  {
    name: "XDG_STATE_HOME",
    about: "drafts, history, what is unsent and sessions are in maru/ below it (~/.local/state)",
  },
  { name: "VISUAL, EDITOR", about: "the editor for long messages" },
  { name: "NO_COLOR", about: "set to anything: no colours, unless --theme is given" },
] as const;

const prefix = "MARU_";
const own = environmentVariables
  .map(({ name }): string => name)
  .filter((name) => name.startsWith(prefix));

/** The server's variables may be set on the same machine: only a slip of the keys is worth a word. */
function slipsOf(env: Record<string, string | undefined>): string[] {
  return unknownVariables(env, { prefix, own })
    .filter(({ hint }) => hint !== "")
    .map(({ name, hint }) => `${name}: the client has no such variable${hint}`);
}

/** What the command line says of settings; undefined where it says nothing. */
export interface ConfigFlags {
  readonly config?: string | undefined;
  readonly profile?: string | undefined;
  readonly nick?: string | undefined;
  readonly theme?: string | undefined;
  readonly ascii?: boolean | undefined;
  readonly mouse?: boolean | undefined;
}

/**
 * The settings in force. Throws a ConfigError that names the file, each wrong key, and its rule.
 */
export function loadConfig(environment: Environment, flags: ConfigFlags = {}): ClientConfig {
  const file = findConfigFile(environment, flags.config);
  const fromFile = file === null ? ClientConfig.parse({}) : readConfigFile(file);
  return inForce(fromFile, file, environment, flags);
}

/** The same for a program that draws nothing; `problems` are those that do not concern it. */
export function loadScriptConfig(environment: Environment, flags: ConfigFlags = {}) {
  const file = findConfigFile(environment, flags.config);
  const { config, problems } =
    file === null ? { config: ClientConfig.parse({}), problems: [] } : readScriptConfig(file);
  return { config: inForce(config, file, environment, flags), problems };
}

function inForce(
  fromFile: ClientConfig,
  file: SettingsPlace | null,
  environment: Environment,
  flags: ConfigFlags,
): ClientConfig {
  const profile = profileOf(fromFile, flags.profile, file?.path ?? "no file of settings");
  const { values, sources } = layerSettings([
    { source: "file", values: fromFile },
    { source: "profile", values: profile },
    {
      source: "environment",
      values: { nick: environment.nick, theme: environment.colour ? undefined : "none" },
    },
    {
      source: "flag",
      values: { nick: flags.nick, theme: flags.theme, ascii: flags.ascii, mouse: flags.mouse },
    },
  ]);
  const config = values as ClientConfig;
  judgeNick(config.nick, sources.get("nick") === "flag" ? "--nick" : "MARU_NICK");
  if (themeNamed(config.theme, config.themes) === null) {
    const known = [...Object.keys(builtInThemes), ...Object.keys(config.themes)];
    const hint = didYouMean(config.theme, known);
    const all = known.join(", ");
    throw new ConfigError(
      `--theme ${config.theme}: there is no such theme; there are ${all}${hint}`,
    );
  }
  return Object.freeze(config);
}

/** Before anything is connected to, or kept under it; the server would say the same. A file's is right. */
function judgeNick(nick: string | undefined, source: string): void {
  const parsed = nick === undefined ? null : parseNick(nick);
  if (parsed === null || parsed.ok) return;
  throw new ConfigError(`${source} "${nick}": ${parsed.problem}; choose another, or leave it out`);
}

function profileOf(config: ClientConfig, name: string | undefined, where: string) {
  if (name === undefined) return {};
  if (Object.hasOwn(config.profile, name)) return config.profile[name] ?? {};
  const known = Object.keys(config.profile);
  const names = known.length === 0 ? "it has none" : `it has ${known.join(", ")}`;
  const hint = didYouMean(name, known);
  throw new ConfigError(
    `--profile ${name}: ${where}: there is no [profile.${name}]; ${names}${hint}`,
  );
}

/** How many colours to draw with; a theme that is asked for by a flag wins over NO_COLOR. */
export function colourDepth(
  environment: Environment,
  { theme }: ConfigFlags,
): "none" | "palette" | "true" {
  if (!environment.colour && theme === undefined) return "none";
  return environment.trueColour ? "true" : "palette";
}
