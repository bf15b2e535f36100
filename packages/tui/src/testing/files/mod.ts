// What files stand on, for tests: a disk in memory that fails where a test says, and processes.

export { type Fault, Killed, MemoryDisk, problem } from "./memory-disk.ts";
export { processTable } from "./process-table.ts";
