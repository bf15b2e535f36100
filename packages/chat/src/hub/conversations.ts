// The conversations that a session is in: its own, in which it has said something or which it has
// joined, and those that others have brought it into. Both are bounded by leaving the room that
// was quiet longest, in silence: nothing is lost, because the next word brings both people back. So what
// others begin never keeps a person from beginning something, and takes none out of what is their own.

/** `R`: what stands for a room; nothing is asked of it. */
export class Conversations<R> {
  /** The quietest first. */
  readonly #own = new Set<R>();
  readonly #brought = new Set<R>();

  get size(): number {
    return this.#own.size + this.#brought.size;
  }

  /** It came into this one, or something was said there; `isOwn`: by itself. */
  noteActive(room: R, isOwn: boolean): void {
    const wasOwn = this.#own.delete(room);
    this.#brought.delete(room);
    (wasOwn || isOwn ? this.#own : this.#brought).add(room);
  }

  delete(room: R): void {
    this.#own.delete(room);
    this.#brought.delete(room);
  }

  /** The ones to be left, where there are more than `max` of a kind. */
  excess(max: number): readonly R[] {
    return [this.#own, this.#brought].flatMap((rooms) => {
      const [quietest] = rooms;
      return rooms.size > max && quietest !== undefined ? [quietest] : [];
    });
  }
}
