// `bun run bench NAME [options]`: finds the benchmark of that name and runs it.
// Owns the table of benchmarks and the exit code; knows nothing of what they measure.

const benchmarks: Record<string, { about: string; load: () => Promise<Benchmark> }> = {
  fanout: {
    about: "deliveries per second and CPU per delivery, against C, Bun.serve and the chapter",
    load: () => import("./fanout/run.ts"),
  },
  history: {
    about: "a room of a million messages: start, pages, searches, and who is disturbed by them",
    load: () => import("./history/run.ts"),
  },
  idle: {
    about: "memory of idle connections, and what the one too many is told",
    load: () => import("./idle/run.ts"),
  },
  micro: {
    about: "single steps: decode and validate, encode, a tick of the hub with each log",
    load: () => import("./micro/run.ts"),
  },
  resume: {
    about: "thousands drop at once, and come back at once to what they missed",
    load: () => import("./resume/run.ts"),
  },
  slow: {
    about: "what one member who never reads costs the others",
    load: () => import("./slow/run.ts"),
  },
};

/** What each benchmark's module exports: takes its own arguments, resolves to the exit code. */
interface Benchmark {
  run(args: string[]): Promise<number>;
}

function usage(): string {
  const lines = Object.entries(benchmarks).map(
    ([name, { about }]) => `  ${name.padEnd(8)} ${about}`,
  );
  return `usage: bun run bench NAME [options]   (NAME --help tells its options)\n${lines.join("\n")}\n`;
}

async function main([name, ...args]: string[]): Promise<number> {
  const benchmark = name === undefined ? undefined : benchmarks[name];
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

export {}; // a module, so that it may wait
