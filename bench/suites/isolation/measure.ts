// One attack on a server of its own, started as its users do, with nothing set but where it is.

import { adoptChild, endChild } from "../../harness/children.ts";
import { readLines } from "../../harness/read-lines.ts";
import { createScratchDir } from "../../harness/scratch-dir.ts";
import { startMaru } from "../../harness/start-maru.ts";
import { Bystander, type Experienced } from "./bystander.ts";
import type { IsolationOptions } from "./options.ts";
import type { Told } from "./talker.ts";

export interface Measurement {
  readonly attack: string;
  readonly round: number;
  readonly alone: Experienced;
  readonly beside: Experienced;
  readonly told: Told;
}

const aloneMs = 1_000;

export async function measure(
  attack: string,
  round: number,
  { durability, workers, seconds }: IsolationOptions,
): Promise<Measurement> {
  const data = createScratchDir();
  const server = await startMaru({ data: data.path, durability, workers });
  try {
    const bystander = await Bystander.arrive(server.port);
    const attackers = await startAttack(server.port, attack, seconds);
    const aloneUntilMs = performance.now() + aloneMs;
    const alone = await bystander.experience(() => performance.now() >= aloneUntilMs);
    let isOver = false;
    const ended = attackers.run().finally(() => {
      isOver = true;
    });
    const beside = await bystander.experience(() => isOver);
    const told = await ended;
    await bystander.leave();
    return { attack, round, alone, beside, told };
  } finally {
    await server.stop();
    data.remove();
  }
}

async function startAttack(port: number, attack: string, seconds: number) {
  const entry = `${import.meta.dir}/attack.ts`;
  const child = adoptChild(
    Bun.spawn([process.execPath, entry, `${port}`, attack, `${seconds}`], {
      stdin: "pipe",
      stdout: "pipe",
      stderr: "inherit",
    }),
  );
  const lines = readLines(child.stdout)[Symbol.asyncIterator]();
  const ready = await lines.next();
  if (ready.done === true) throw new Error(`${attack}: the attackers did not get ready`);
  return {
    async run(): Promise<Told> {
      child.stdin.write("go\n");
      child.stdin.flush();
      const told = await lines.next();
      await endChild(child, 1_000);
      if (told.done === true) throw new Error(`${attack}: the attackers ended without a word`);
      return JSON.parse(told.value) as Told;
    },
  };
}
