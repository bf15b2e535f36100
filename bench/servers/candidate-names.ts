// What the servers are called where people read, in charts and tables, and who stands out among
// them. Owns the words alone.

const names: Readonly<Record<string, string>> = {
  coalescing: "C, coalescing",
  chapter: "C, textbook",
  "bun-serve": "Bun.serve publish",
  "ws:node": "ws on Node",
  "ws:bun": "ws on Bun",
  "socketio:node": "Socket.IO on Node",
  "socketio:bun": "Socket.IO on Bun",
  nats: "NATS",
  redis: "Redis pub/sub",
  mosquitto: "Mosquitto",
  ngircd: "ngIRCd",
};

const maru = /^maru:(\d+|auto)(?::(\w+))?$/;

export const isOurs = (candidate: string): boolean => maru.test(candidate);

/** `Maru`, `Maru, fsync`, `Maru, 2 workers`; a peer by its usual name. */
export function nameOf(candidate: string): string {
  const match = maru.exec(candidate);
  if (match === null) return names[candidate] ?? candidate;
  const [, workers = "0", durability = "memory"] = match;
  const threads = workers === "0" || workers === "auto" ? [] : [workersName(Number(workers))];
  return ["Maru", ...threads, ...(durability === "memory" ? [] : [durability])].join(", ");
}

const workersName = (count: number): string => (count === 1 ? "1 worker" : `${count} workers`);

/** `ours` is the configuration that a chart is about, `ours-too` another one of the same server. */
export type Role = "ours" | "ours-too" | "reference" | "peer";

/** `main` is the candidate that the chart is about. */
export function roleOf(candidate: string, main: string): Role {
  if (candidate === main) return "ours";
  if (isOurs(candidate)) return "ours-too";
  return candidate === "coalescing" || candidate === "chapter" ? "reference" : "peer";
}

/** Maru as it is started unless told otherwise, without the log: what the peers do. */
export function mainOf(candidates: readonly string[]): string | undefined {
  const wanted = ["maru:auto", "maru:auto:memory", "maru:0", "maru:0:memory"];
  return wanted.find((name) => candidates.includes(name)) ?? candidates.find(isOurs);
}
