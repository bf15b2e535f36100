// Tells while a database fills up with rooms, of which it can't have any number: once at each mark.

type Report = (
  level: "warn" | "error",
  event: string,
  fields: Record<string, string | number>,
) => void;

/** Of a hundred; at the last one no other room can begin. */
const marks = [50, 80, 95, 100] as const;

export class RoomsFilling {
  readonly #report: Report;
  #told = 0;

  constructor(report: Report) {
    this.#report = report;
  }

  note({ rooms, max }: { readonly rooms: number; readonly max: number }): void {
    const percent = marks.findLast((mark) => rooms * 100 >= max * mark) ?? 0;
    if (percent <= this.#told) return;
    this.#told = percent;
    if (percent === 100) this.#report("error", "storage.rooms-full", { rooms, max });
    else this.#report("warn", "storage.rooms-filling", { percent, rooms, max });
  }
}
