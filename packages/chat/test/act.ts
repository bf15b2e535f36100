// One act in a random conversation, for fast-check to choose, to show and to leave out.

import type fc from "fast-check";

export class Act<World extends object> implements fc.Command<object, World> {
  readonly #label: string;
  readonly #act: (world: World) => void;

  constructor(label: string, act: (world: World) => void) {
    this.#label = label;
    this.#act = act;
  }

  check(): boolean {
    return true;
  }

  run(_model: object, world: World): void {
    this.#act(world);
  }

  toString(): string {
    return this.#label;
  }
}
