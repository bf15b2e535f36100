// What a client's message may be made of. The shards pass a message on as the text that came, so what
// a schema accepts must be what the handler gets: a schema that gives something else than it was given
// (a transform, a default, a trim) would do so on one thread and not on several.

import type { z } from "zod";

/** As much of zod's own description of a schema as is looked at. */
interface Def {
  readonly type: string;
  readonly coerce?: boolean;
  readonly normalize?: boolean;
  readonly checks?: readonly { readonly _zod: { readonly def: { readonly check: string } } }[];
  readonly catchall?: z.core.$ZodType;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly element?: z.core.$ZodType;
  readonly items?: readonly z.core.$ZodType[];
  readonly rest?: z.core.$ZodType | null;
  readonly options?: readonly z.core.$ZodType[];
  readonly innerType?: z.core.$ZodType;
  readonly left?: z.core.$ZodType;
  readonly right?: z.core.$ZodType;
  readonly keyType?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly getter?: () => z.core.$ZodType;
}

/** Kinds that give back what they were given, or hold others that do. */
const same = new Set([
  "string",
  "number",
  "int",
  "boolean",
  "null",
  "undefined",
  "void",
  "any",
  "unknown",
  "never",
  "literal",
  "enum",
  "template_literal",
  "custom",
  "array",
  "tuple",
  "object",
  "record",
  "union",
  "intersection",
  "optional",
  "exact_optional",
  "nullable",
  "nonoptional",
  "readonly",
  "lazy",
]);

/**
 * Where the schema's output may differ from its input, as a path and the reason; null if nowhere.
 * `path` names the schema itself. A schema that refers to itself is looked at once.
 */
export function changesInput(
  schema: z.core.$ZodType,
  path: string,
  seen = new Set<z.core.$ZodType>(),
): string | null {
  if (seen.has(schema)) return null;
  seen.add(schema);
  const def = schema._zod.def as unknown as Def;
  const own = ownChange(def);
  if (own !== null) return `${path} ${own}`;
  for (const [name, part] of partsOf(def)) {
    const inside = changesInput(part, name === "" ? path : `${path}.${name}`, seen);
    if (inside !== null) return inside;
  }
  return null;
}

function ownChange(def: Def): string | null {
  if (!same.has(def.type)) return `is a ${def.type}`;
  if (def.coerce === true) return "coerces";
  if (def.normalize === true) return "normalizes";
  // Without a catchall zod drops unknown keys in silence.
  if (def.type === "object" && def.catchall === undefined) {
    return "drops unknown keys (z.strictObject refuses them, z.looseObject lets them pass)";
  }
  const overwrites = def.checks?.some(({ _zod }) => _zod.def.check === "overwrite");
  return overwrites === true ? "is rewritten by a check, as by trim()" : null;
}

function* partsOf(def: Def): Generator<readonly [string, z.core.$ZodType]> {
  for (const entry of Object.entries(def.shape ?? {})) yield entry;
  if (def.element !== undefined) yield ["[]", def.element];
  for (const [index, item] of (def.items ?? []).entries()) yield [String(index), item];
  if (def.rest) yield ["[]", def.rest];
  const held = [
    ...(def.options ?? []),
    def.innerType,
    def.left,
    def.right,
    def.keyType,
    def.valueType,
    def.catchall,
    def.getter?.(),
  ];
  for (const part of held) if (part !== undefined) yield ["", part];
}
