// The command line of the proofs: what may be typed, and its defaults. Runs nothing itself.

import { createProgram, wholeNumberWithin } from "@maru/command-line";
import { print } from "@maru/core";
import { type Command, Option } from "commander";
import type { CrashPlan, ProxyPlan, SimulationPlan } from "./proofs.ts";

export type Plan =
  | ({ readonly kind: "simulate" } & Omit<SimulationPlan, "print"> & { readonly trace: boolean })
  | ({ readonly kind: "crash" } & CrashPlan)
  | ({ readonly kind: "proxy" } & Omit<ProxyPlan, "signal">);

const name = "bun run prove";
const defaults = { seeds: 10_000, cycles: 100, cyclesOs: 20, rounds: 10 };

/** What to run, in order; commander ends the process for `--help` and for a mistake. */
export function readCommandLine(args: readonly string[]): Plan[] {
  const plans: Plan[] = [];
  const root = createProgram(name, print)
    .description(
      "Looks for a way to break the promises of docs/guarantees.md, and tells what it ran.",
    )
    .addHelpText(
      "after",
      "\nAlone it runs all three, some minutes. A seed repeats every choice of a run; the simulation\nrepeats it exactly, real processes alike. Exits 0 when nothing broke, else 1.",
    )
    .action(() => void plans.push(...everything()));
  addSimulate(root, plans);
  addCrash(root, plans);
  addProxy(root, plans);
  root.parse([...args], { from: "user" });
  return plans;
}

function everything(): Plan[] {
  const crash = (durability: "fsync" | "os", workers: number, cycles: number, isProxied: boolean) =>
    ({ kind: "crash", durability, workers, cycles, isProxied, seed: newSeed() }) as const;
  const [half, halfOs] = [defaults.cycles / 2, defaults.cyclesOs / 2];
  return [
    { kind: "simulate", firstSeed: 1, seeds: defaults.seeds, trace: false },
    crash("fsync", 0, half, false),
    crash("fsync", 1, half, false),
    crash("os", 0, halfOs, false),
    crash("os", 1, halfOs, true),
    { kind: "proxy", rounds: defaults.rounds, seed: newSeed() },
  ];
}

function addSimulate(root: Command, plans: Plan[]): void {
  root
    .command("simulate")
    .description(
      "whole systems in one process: a virtual clock, network and disk, and their faults",
    )
    .option("--seeds <N>", "how many runs, one a seed", count, defaults.seeds)
    .option("--first-seed <S>", "the first of them", seed, 1)
    .option("--seed <S>", "this one alone", seed)
    .option("--trace", "tell on standard error what happens")
    .action((flags: { seeds: number; firstSeed: number; seed?: number; trace?: true }) => {
      const { seeds, firstSeed, seed: only, trace = false } = flags;
      const range = only === undefined ? { firstSeed, seeds } : { firstSeed: only, seeds: 1 };
      plans.push({ kind: "simulate", ...range, trace });
    });
}

function addCrash(root: Command, plans: Plan[]): void {
  type Flags = Omit<CrashPlan, "isProxied" | "seed"> & { seed?: number; proxied?: boolean };
  root
    .command("crash")
    .description("kill -9 of a real server under load, again and again, on one data directory")
    .option("--cycles <N>", "how many kills", count, defaults.cycles)
    .option("--seed <S>", "of the choices (a new one)", seed)
    .addOption(
      new Option("--durability <D>", "the server's").choices(["fsync", "os"]).default("fsync"),
    )
    .option("--workers <N>", "the server's", workers, 1)
    .option("--proxied", "the clients connect through the fault proxy")
    .action((flags: Flags) => {
      const { seed: given = newSeed(), proxied: isProxied = false, ...plan } = flags;
      plans.push({ kind: "crash", ...plan, seed: given, isProxied });
    });
}

function addProxy(root: Command, plans: Plan[]): void {
  root
    .command("proxy")
    .description("a real server, and every connection through a proxy that spoils it")
    .option("--rounds <N>", "how many runs, one a seed", count, defaults.rounds)
    .option("--seed <S>", "of the first (a new one)", seed)
    .action(({ rounds, seed: given }: { rounds: number; seed?: number }) => {
      plans.push({ kind: "proxy", rounds, seed: given ?? newSeed() });
    });
}

/** Short enough to be typed. */
function newSeed(): number {
  return 1 + Math.floor(Math.random() * 999_000);
}

const count = wholeNumberWithin(1, 10_000_000);
const seed = wholeNumberWithin(0, 0xffff_ffff);
const workers = wholeNumberWithin(0, 64);
