// Files that outlive the process: replaced whole, appended to, locked by one process at a time.

export { asideMax, StoreProblem, setAside, whole } from "./aside.ts";
export { codeOf, type Disk, realDisk } from "./disk.ts";
export { Journal, journalSlackBytes } from "./journal.ts";
export { acquireLock, type LockOutcome } from "./lock.ts";
export { type ProcessTable, startInStat, systemProcesses, unknownStart } from "./process-table.ts";
