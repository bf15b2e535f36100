// Settings from several sources, the later over the earlier: default < file < environment < flag.
// What a source leaves undefined hides nothing of those below. Pure.

export interface Layer {
  readonly source: string;
  /** By setting key. */
  readonly values: Readonly<Record<string, unknown>>;
}

export interface Layered {
  readonly values: Record<string, unknown>;
  /** The source that each value came from, by key. */
  readonly sources: ReadonlyMap<string, string>;
}

/** `layers` from the weakest to the strongest. */
export function layerSettings(layers: readonly Layer[]): Layered {
  const values: Record<string, unknown> = {};
  const sources = new Map<string, string>();
  for (const layer of layers) {
    for (const [key, value] of Object.entries(layer.values)) {
      if (value === undefined) continue;
      values[key] = value;
      sources.set(key, layer.source);
    }
  }
  return { values, sources };
}
