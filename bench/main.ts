// `bun run bench [NAME] [options]`: finds the benchmark of that name and runs it; without a name,
// the whole lab.
// Owns the table of benchmarks and the exit code; knows nothing of what they measure.

import { print } from "@maru/core";

const benchmarks: Record<string, { about: string; load: () => Promise<Benchmark> }> = {
  bar: {
    about: "every figure that server and client are held to: met, or missed by how much",
    load: () => import("./suites/bar/run.ts"),
  },
  client: {
    about: "the full-screen client: start, memory, and a key's echo while others talk",
    load: () => import("./suites/client/run.ts"),
  },
  curve: {
    about: "what a delivery costs against members, rooms, connections, history, bytes, durability",
    load: () => import("./suites/curve/run.ts"),
  },
  fanout: {
    about: "deliveries per second, CPU per delivery and latency, against every peer",
    load: () => import("./suites/fanout/run.ts"),
  },
  guard: {
    about: "this tree against another commit: faster, same or slower, with what confidence",
    load: () => import("./suites/guard/run.ts"),
  },
  history: {
    about: "a room of a million messages: start, pages, searches, and who is disturbed by them",
    load: () => import("./suites/history/run.ts"),
  },
  idle: {
    about: "memory of idle connections, and what the one too many is told",
    load: () => import("./suites/idle/run.ts"),
  },
  install: {
    about: "not a benchmark: gets the servers to compare with, and says which are there",
    load: () => import("./servers/install.ts"),
  },
  isolation: {
    about: "what one session can cost the others, command by command, at the default rates",
    load: () => import("./suites/isolation/run.ts"),
  },
  lab: {
    about: "all of them, one after the other; also what runs without a name",
    load: () => import("./suites/lab/run.ts"),
  },
  limits: {
    about: "the last rate that holds, what gave out there, and what the machine can do at best",
    load: () => import("./suites/limits/run.ts"),
  },
  micro: {
    about: "single steps: decode and validate, encode, a tick of the hub with each log",
    load: () => import("./suites/micro/run.ts"),
  },
  report: {
    about: "writes docs/performance.md and its charts from the kept results; measures nothing",
    load: () => import("./report/run.ts"),
  },
  resume: {
    about: "thousands drop at once, and come back at once to what they missed",
    load: () => import("./suites/resume/run.ts"),
  },
  slow: {
    about: "what one member who never reads costs the others",
    load: () => import("./suites/slow/run.ts"),
  },
  start: {
    about: "from spawning the server to the first welcome, and its memory then",
    load: () => import("./suites/start/run.ts"),
  },
  storm: {
    about: "thousands of connections at once, until all are in their rooms",
    load: () => import("./suites/storm/run.ts"),
  },
  traffic: {
    about: "an evening: rooms of all sizes, bursts, long texts, people who come and go",
    load: () => import("./suites/traffic/run.ts"),
  },
};

/** What each benchmark's module exports: takes its own arguments, resolves to the exit code. */
interface Benchmark {
  run(args: string[]): Promise<number>;
}

function usage(): string {
  const lines = Object.entries(benchmarks).map(
    ([name, { about }]) => `  ${name.padEnd(9)} ${about}`,
  );
  const heading = "usage: bun run bench [NAME] [options]   (NAME --help tells its options)";
  return `${heading}\n${lines.join("\n")}\n`;
}

/** Options without a name are the lab's. */
function split(words: readonly string[]): { name: string; args: string[] } {
  const [first = "lab", ...rest] = words;
  return first.startsWith("-") ? { name: "lab", args: [...words] } : { name: first, args: rest };
}

async function main(words: string[]): Promise<number> {
  if (words[0] === "--help") {
    print(usage());
    return 0;
  }
  const { name, args } = split(words);
  const benchmark = benchmarks[name];
  if (benchmark === undefined) {
    process.stderr.write(usage());
    return 2;
  }
  try {
    return await (await benchmark.load()).run(args);
  } catch (error) {
    process.stderr.write(`bench: ${error instanceof Error ? error.message : error}\n`);
    return 2;
  }
}

process.exit(await main(process.argv.slice(2)));
