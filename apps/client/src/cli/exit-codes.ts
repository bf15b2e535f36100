// How the client ends: every exit code and what it means. Help, man page and reference are made
// from this table.

import { listHelp } from "@maru/command-line";

export const exitCodes = {
  done: { code: 0, about: "done; after send: everything is acknowledged" },
  failed: { code: 1, about: "not everything was acknowledged, or the connection ended for good" },
  usage: { code: 2, about: "wrong usage, or wrong settings" },
  unreachable: { code: 3, about: "the server could not be reached" },
  refused: { code: 4, about: "the server refused: the nick, the room, or the connection" },
  input: { code: 5, about: "the input holds what no message may hold; nothing after it was sent" },
  gap: { code: 6, about: "after tail: messages are missing that the server no longer had" },
  output: { code: 7, about: "what was to be printed could not be written: a full disk, say" },
  interrupted: { code: 130, about: "interrupted (SIGINT)" },
  terminated: { code: 143, about: "terminated (SIGTERM, SIGHUP, SIGQUIT)" },
} as const satisfies Record<string, { code: number; about: string }>;

export type Ending = keyof typeof exitCodes;

const codeColumns = 4;

/** The table as lines of help. */
export function exitCodesHelp(): string {
  const rows = Object.values(exitCodes).map(({ code, about }) => ({ name: String(code), about }));
  return listHelp("Exit codes:", rows, codeColumns);
}
