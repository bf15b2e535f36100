// Which rooms were open, and what was set in the client by commands, on disk: `rooms.json`.
// Owns its bounds and whether it is written. Small and seldom changed: replaced whole each time.

import { join } from "node:path";
import type { NameKey } from "@maru/protocol/chat";
import { type Disk, readJsonFile, replaceFile } from "@maru/tui/files";
import * as z from "zod";
import { noRooms, roomsMax, type StoredRooms } from "./stored.ts";

const formatVersion = 1;
/** Far more than the bounds below allow; a larger file is none of ours. */
export const roomsFileBytesMax = 4 * 1024 * 1024;
/** UTF-16 units of a name; the server takes no longer one. */
const nameUnitsMax = 1024;

const Name = z.string().min(1).max(nameUnitsMax);
/** As this client wrote it: `Name` says no more than that it is a text. */
const Key = Name.transform((key) => key as NameKey);
const Level = z.enum(["all", "mentions", "none"]);
const File = z.strictObject({
  version: z.literal(formatVersion),
  file: z.literal("rooms.json"),
  rooms: z.array(Name).max(roomsMax),
  current: Name.nullable(),
  // Absent in files of before.
  numbers: z
    .array(z.tuple([Key, z.int().min(1)]))
    .max(roomsMax)
    .default([]),
  levels: z.array(z.tuple([Key, Level])).max(roomsMax),
  ignored: z.array(Key).max(roomsMax),
  // Absent in files of before.
  ignoredAs: z
    .array(z.tuple([Key, Key]))
    .max(roomsMax)
    .default([]),
  doNotDisturb: z.boolean(),
});

export class RoomsFile {
  readonly name = "rooms.json";
  readonly #disk: Disk;
  readonly #directory: string;
  readonly #path: string;
  #rooms: StoredRooms = noRooms;
  #written = textOf(noRooms);
  #isForeign = false;
  #isChanged = false;

  constructor(disk: Disk, directory: string) {
    this.#disk = disk;
    this.#directory = directory;
    this.#path = join(directory, "rooms.json");
  }

  get rooms(): StoredRooms {
    return this.#rooms;
  }

  /** Reads the file; what was set meanwhile stands instead. */
  load(_isOwner: boolean): { isBroken: boolean } {
    const file = readJsonFile(this.#disk, this.#path, File, roomsFileBytesMax);
    if (file.kind === "missing") return { isBroken: false };
    this.#isForeign = file.kind === "broken";
    if (file.kind === "broken") return { isBroken: true };
    const read = roomsIn(file.value);
    this.#written = textOf(read);
    if (!this.#isChanged) this.#rooms = read;
    return { isBroken: false };
  }

  change(rooms: StoredRooms): void {
    this.#rooms = bounded(rooms);
    this.#isChanged = true;
  }

  write(): void {
    const text = textOf(this.#rooms);
    if (!this.#isForeign && (!this.#isChanged || text === this.#written)) return;
    this.#disk.makeDirectory(this.#directory);
    replaceFile(this.#disk, this.#path, text, this.#isForeign);
    this.#isForeign = false;
    this.#written = text;
    this.#isChanged = false;
  }
}

function textOf({ levels, numbers, ignoredAs, ...rest }: StoredRooms): string {
  const head = { version: formatVersion, file: "rooms.json" };
  const maps = { numbers: [...numbers], levels: [...levels], ignoredAs: [...ignoredAs] };
  return `${JSON.stringify({ ...head, ...rest, ...maps })}\n`;
}

function roomsIn(file: z.infer<typeof File>): StoredRooms {
  const { levels, numbers, ignoredAs, rooms, current, ignored, doNotDisturb } = file;
  const maps = {
    levels: new Map(levels),
    numbers: withoutTwins(numbers),
    ignoredAs: new Map(ignoredAs),
  };
  return { rooms, current, ...maps, ignored, doNotDisturb };
}

/** Of two rooms with one number, as another hand may have written them, the first has it. */
function withoutTwins(numbers: readonly (readonly [NameKey, number])[]): Map<NameKey, number> {
  const rooms = new Map<number, NameKey>();
  for (const [room, number] of numbers) if (!rooms.has(number)) rooms.set(number, room);
  return new Map([...rooms].map(([number, room]) => [room, number]));
}

/** The last of each: what was added latest is what the person is after. */
function bounded(stored: StoredRooms): StoredRooms {
  const { rooms, current, numbers, levels, ignored, ignoredAs, doNotDisturb } = stored;
  const isName = (name: string) => name !== "" && name.length <= nameUnitsMax;
  return {
    rooms: rooms.filter(isName).slice(-roomsMax),
    current: current !== null && isName(current) ? current : null,
    numbers: new Map([...numbers].filter(([room]) => isName(room)).slice(-roomsMax)),
    levels: new Map([...levels].filter(([room]) => isName(room)).slice(-roomsMax)),
    ignored: ignored.filter(isName).slice(-roomsMax),
    ignoredAs: new Map([...ignoredAs].filter((names) => names.every(isName)).slice(-roomsMax)),
    doNotDisturb,
  };
}
