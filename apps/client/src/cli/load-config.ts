// The settings of the client that come from its environment, in one place.
// The only file that reads the environment; flags given on the command line win over all of it.

export interface ClientConfig {
  /** Where to connect when the command line does not say: MARU_SERVER. */
  readonly server: string;
  /** MARU_NICK; without it the server picks a guest's name. */
  readonly nick: string | undefined;
  /** False when NO_COLOR is set to anything (https://no-color.org). */
  readonly colour: boolean;
}

export const defaultServer = "maru://127.0.0.1:7667";
export const defaultRoom = "lobby";

/** The environment as help shows it. */
export const environmentHelp = [
  "Environment:",
  `  MARU_SERVER  the server, when no address is given (${defaultServer})`,
  "  MARU_NICK    the nick, when --nick is not given",
  "  NO_COLOR     set to anything: no colours",
].join("\n");

export function loadConfig(env: Record<string, string | undefined> = process.env): ClientConfig {
  const given = (name: string) => (env[name] === "" ? undefined : env[name]);
  return {
    server: given("MARU_SERVER") ?? defaultServer,
    nick: given("MARU_NICK"),
    colour: given("NO_COLOR") === undefined && env.TERM !== "dumb",
  };
}
