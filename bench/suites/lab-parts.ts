// The lab's parts, in their order: which benchmark, with which arguments, and about how long.

export interface Part {
  readonly name: string;
  readonly args: readonly string[];
  readonly quickArgs: readonly string[];
  /** What it took here, of the whole and of the quick run. */
  readonly seconds: number;
  readonly quickSeconds: number;
}

/** By the title that `--parts` takes. */
export const parts: Readonly<Record<string, Part>> = {
  rooms: part("fanout", 520, 30, {
    both: "--rooms 100x10:10,1x100:10,1x1000:10 --inflight 64",
    full: "--candidates all --seconds 2 --warmup 0.7",
    quick: "--candidates maru:0,coalescing,bun-serve --quick --seconds 0.5",
  }),
  "rooms-256": part("fanout", 120, 15, {
    both: "--candidates maru:0,coalescing,bun-serve --inflight 256",
    full: "--rooms 100x10:10,1x100:10,1x1000:10 --seconds 2 --warmup 0.7",
    quick: "--rooms 100x10:10 --quick --seconds 0.5",
  }),
  "room-10000": part("fanout", 260, 12, {
    both: "--rooms 1x10000:10 --inflight 64",
    full: "--candidates all --rounds 2 --seconds 2 --warmup 0.7",
    quick: "--candidates maru:0,coalescing --quick",
  }),
  bytes: part("fanout", 180, 8, {
    both: "--rooms 1x100:10 --inflight 64 --text-bytes 8192",
    full: "--candidates all --seconds 2 --warmup 0.7",
    quick: "--candidates maru:0,coalescing,bun-serve --quick --seconds 0.5",
  }),
  durability: part("fanout", 150, 8, {
    both: "--candidates maru:0:memory,maru:0:os,maru:0:fsync",
    full: "--rooms 1x100:10,1x1000:10 --inflight 64,256 --seconds 2 --warmup 0.7",
    quick: "--rooms 1x100:10 --inflight 256 --quick --seconds 0.5",
  }),
  "latency-two": part("fanout", 60, 10, {
    both: "--candidates maru:0:fsync,maru:0,coalescing,bun-serve --rooms 1x2:1 --rate 50 --sample 1 --listeners",
    full: "--seconds 3",
    quick: "--quick",
  }),
  "latency-50k": part("fanout", 60, 10, {
    both: "--candidates maru:0:fsync,maru:0,coalescing,bun-serve --rooms 1x100:10 --rate 500 --sample 1 --listeners",
    full: "--seconds 3",
    quick: "--quick",
  }),
  idle: part("idle", 290, 8, {
    both: "",
    full: "--candidates maru:0,maru:1,bun-serve",
    quick: "--candidates maru:0 --connections 5000 --rounds 1 --settle 3",
  }),
  "idle-rooms": part("idle", 290, 8, {
    both: "",
    full: "--candidates maru:0,maru:1,bun-serve --rooms 190",
    quick: "--candidates maru:0 --connections 5000 --rooms 50 --rounds 1 --settle 3",
  }),
  storm: part("storm", 180, 10, { both: "", full: "", quick: "--quick --candidates maru:0" }),
  resume: part("resume", 60, 6, {
    both: "",
    full: "",
    quick: "--clients 2000 --rooms 20 --rounds 1",
  }),
  "resume-restart": part("resume", 60, 6, {
    both: "--restart",
    full: "",
    quick: "--clients 2000 --rooms 20 --rounds 1",
  }),
  history: part("history", 180, 15, {
    both: "",
    full: "",
    quick:
      "--entries 50000 --starts 2 --pages 300 --searches 20 --rounds 1 --seconds 0.5 --readers 2",
  }),
  client: part("client", 420, 25, { both: "", full: "", quick: "--quick" }),
  start: part("start", 40, 4, { both: "", full: "", quick: "--quick" }),
  slow: part("slow", 180, 10, { both: "", full: "", quick: "--rounds 1 --seconds 1" }),
  isolation: part("isolation", 180, 5, {
    both: "",
    full: "",
    quick: "--attacks send --seconds 1",
  }),
  traffic: part("traffic", 180, 15, { both: "", full: "", quick: "--quick --candidates maru:0" }),
  micro: part("micro", 90, 12, { both: "", full: "", quick: "--hub --logs memory" }),
  limits: part("limits", 560, 18, { both: "", full: "", quick: "--quick --shapes room-100" }),
  curve: part("curve", 600, 15, {
    both: "",
    full: "",
    quick: "--quick --dimensions members,durability",
  }),
  bar: part("bar", 900, 50, {
    both: "",
    full: "",
    quick:
      "--quick --rows room-100,room-1000,fsync-100,fsync-1000,rooms-of-10,latency-50k,latency-two,shards,idle,resume,start",
  }),
};

interface Words {
  readonly both: string;
  readonly full: string;
  readonly quick: string;
}

function part(name: string, seconds: number, quickSeconds: number, words: Words): Part {
  const split = (text: string): string[] => text.split(" ").filter((word) => word !== "");
  const args = [...split(words.both), ...split(words.full)];
  const quickArgs = [...split(words.both), ...split(words.quick)];
  return { name, args, quickArgs, seconds, quickSeconds };
}
