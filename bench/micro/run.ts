// `bun run bench micro`: the steps of the hot path, one by one. Times per call, by mitata.

import { run as measure } from "mitata";
import { hub } from "./hub.ts";
import { wire } from "./wire.ts";

export async function run(): Promise<number> {
  wire();
  hub();
  await measure();
  return 0;
}
