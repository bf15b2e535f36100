// The command line of the client's benchmark, read and checked once.

import { parseArgs } from "node:util";
import { readList, readNames } from "../../harness/read-list.ts";
import { readCount } from "../../harness/read-number.ts";

const partNames = ["start", "memory", "echo"] as const;

export const clientUsage = `usage: bun run bench client [options]

  --parts LIST     ${partNames.join(", ")} (default all)
  --starts N       from spawning the client to its first frame and the newest message (default 9)
  --messages LIST  memory is read after so many, first with the fewest
                   (default 1000,100000,1000000; more than 100,000 in the first round alone)
  --rates LIST     messages per second that somebody types beside; 0 = nobody talks
                   (default 0,5000,20000)
  --past N         messages that are paged up through beside typing; 0 = none (default 100000)
  --keys N         typed at 20 a second, in each of these (default 200)
  --rounds N       of memory and typing (default 3)
  --quick          one round: 3 starts, 1,000 and 20,000 messages, 40 keys at 0 and 5,000 a second
`;

export interface ClientOptions {
  readonly parts: readonly (typeof partNames)[number][];
  readonly starts: number;
  readonly messages: readonly number[];
  readonly rates: readonly number[];
  readonly past: number;
  readonly keys: number;
  readonly rounds: number;
  readonly quick: boolean;
}

const settings = {
  parts: { type: "string" },
  starts: { type: "string" },
  messages: { type: "string" },
  rates: { type: "string" },
  past: { type: "string" },
  keys: { type: "string" },
  rounds: { type: "string" },
  quick: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

const defaults = {
  starts: "9",
  messages: "1000,100000,1000000",
  rates: "0,5000,20000",
  past: "100000",
  keys: "200",
  rounds: "3",
};
const quickDefaults: typeof defaults = {
  starts: "3",
  messages: "1000,20000",
  rates: "0,5000",
  past: "0",
  keys: "40",
  rounds: "1",
};

/** Undefined when only the help is asked for. */
export function readClientOptions(args: string[]): ClientOptions | undefined {
  const { values } = parseArgs({ args, options: settings });
  if (values.help) return undefined;
  const { quick } = values;
  const given = { ...(quick ? quickDefaults : defaults), ...values };
  const messages = readList(given.messages).map((text) => readCount("messages", text, 1));
  return {
    parts: readNames("parts", values.parts, partNames),
    starts: readCount("starts", given.starts, 1),
    messages: messages.toSorted((a, b) => a - b),
    rates: readList(given.rates).map((text) => readCount("rates", text)),
    past: readCount("past", given.past),
    keys: readCount("keys", given.keys, 10),
    rounds: readCount("rounds", given.rounds, 1),
    quick,
  };
}
