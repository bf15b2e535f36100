// Files that outlive the process: replaced whole, appended to, locked by one process at a time.

export { asideMax, StoreProblem, setAside, whole } from "./aside.ts";
export { codeOf, type Disk, realDisk } from "./disk.ts";
export { Journal, journalSlackBytes } from "./journal.ts";
export { attempt, type JsonFile, readJsonFile, replaceFile } from "./json-file.ts";
export { type HistoryBounds, LineHistoryFile } from "./line-history-file.ts";
export { acquireLock, type LockOutcome } from "./lock.ts";
export {
  OwnedDirectory,
  type OwnedDirectoryOptions,
  type OwnedFile,
  type WriteFile,
} from "./owned-directory.ts";
export { type ProcessTable, startInStat, systemProcesses, unknownStart } from "./process-table.ts";
export { safeName } from "./safe-name.ts";
export { TerminalsFile } from "./terminals-file.ts";
