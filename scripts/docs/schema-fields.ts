// Reads the fields of a message out of its schema, by way of JSON Schema: name, type, need, meaning.
// Owns the words for types and bounds; the meanings stand beside the fields, in the schemas.

/** As much of JSON Schema as the project's schemas use. */
export interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

export interface Field {
  /** Dotted where it lies deeper: `limits.frameBytes`, `rooms[].topic`. */
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly about: string;
}

/** Every field of an object but its `type`, in the order of the schema; nested ones behind theirs. */
export function fieldsOf(schema: JsonSchema, prefix = ""): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
    if (prefix === "" && key === "type") return [];
    const name = `${prefix}${key}`;
    const field: Field = {
      name,
      type: typeName(property),
      required: schema.required?.includes(key) ?? false,
      about: property.description ?? "",
    };
    const inside = property.items === undefined ? `${name}.` : `${name}[].`;
    return [field, ...fieldsOf(property.items ?? property, inside)];
  });
}

/** A type in words: `string, 1–64 characters`, `integer ≥ 1`, `list of strings`. */
export function typeName(schema: JsonSchema): string {
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(literal).join(" or ");
  if (schema.oneOf !== undefined) return schema.oneOf.map(variantName).join(" or ");
  switch (schema.type) {
    case "string":
      return withBounds("string", " characters", schema.minLength, schema.maxLength);
    case "integer":
    case "number":
      return withRange(schema.type, schema.minimum, schema.maximum);
    case "array":
      return withBounds(`list of ${itemName(schema)}`, " items", schema.minItems, schema.maxItems);
    default:
      return schema.type ?? "any";
  }
}

const literal = (value: unknown): string => `\`${JSON.stringify(value)}\``;

function variantName(schema: JsonSchema): string {
  const type = schema.properties?.type?.const;
  return type === undefined ? typeName(schema) : `\`${String(type)}\``;
}

function itemName(schema: JsonSchema): string {
  const items = schema.items ?? {};
  if (items.oneOf !== undefined) return typeName(items);
  return items.type === undefined ? "anything" : `${items.type}s`;
}

function withBounds(name: string, unit: string, min = 0, max?: number): string {
  if (max !== undefined) return `${name}, ${min}–${max}${unit}`;
  return min > 0 ? `${name}, at least ${min}${unit}` : name;
}

/** Bounds that only say that JSON must keep the number exact are left out. */
function withRange(name: string, minimum?: number, maximum?: number): string {
  const told = (bound?: number) =>
    bound === undefined || Math.abs(bound) === Number.MAX_SAFE_INTEGER ? undefined : bound;
  const [min, max] = [told(minimum), told(maximum)];
  if (min !== undefined && max !== undefined) return `${name}, ${min}–${max}`;
  if (min !== undefined) return `${name} ≥ ${min}`;
  return max === undefined ? name : `${name} ≤ ${max}`;
}
