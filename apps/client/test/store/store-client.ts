// A store on a disk in memory, as tests of it want one: told problems gathered, turns ended by hand.

import type { Unsent } from "@maru/sdk/chat";
import { MemoryDisk, processTable } from "@maru/tui/testing/files";
import { openStore } from "../../src/store/directory-store.ts";
import type { Store } from "../../src/store/store.ts";

export const directory = "/state/maru/localhost_7667/ann";

export interface StoreClient {
  readonly store: Store;
  readonly disk: MemoryDisk;
  readonly problems: string[];
}

export interface ClientOptions {
  readonly pid?: number;
  readonly living?: readonly number[];
  readonly isGuest?: boolean;
  readonly defer?: (run: () => void) => void;
}

/** Each has another pid by default, so that the one before counts as dead. */
let lastPid = 100;

export function openClient(disk = new MemoryDisk(), options: ClientOptions = {}): StoreClient {
  const { pid = ++lastPid, living, isGuest = false, defer = () => {} } = options;
  const problems: string[] = [];
  const store = openStore({
    directory,
    onProblem: (text) => problems.push(text),
    isGuest,
    now: () => 1_000,
    disk,
    processes: processTable(pid, living),
    defer,
  });
  return { store, disk, problems };
}

export function unsent(cid: string, text = `text of ${cid}`): Unsent & { readonly text: string } {
  return { type: "send", room: "den", text, cid };
}

export function draft(text: string): { text: string; caret: number } {
  return { text, caret: text.length };
}
