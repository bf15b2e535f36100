// Settings of a file with tables, as rows: key, values, default, meaning; read out of the schema, so
// that no default file, man page or reference made of them can be out of date.

import * as z from "zod";

export interface SettingRow {
  /** "" at the top of the file, else the table: "notify", "profile.NAME". */
  readonly table: string;
  readonly key: string;
  /** What may be written: `"send" or "newline"`, `100 to 10000`. */
  readonly values: string;
  /** As TOML; null when there is none. */
  readonly default: string | null;
  readonly about: string;
}

export interface SettingTable {
  readonly name: string;
  readonly about: string;
}

/** As much of JSON Schema as the settings use. */
interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | false;
}

export interface SettingTables {
  /** The tables in the order of the file; the first, "", is its top. */
  readonly tables: readonly SettingTable[];
  /** Every setting that has a description. */
  readonly rows: readonly SettingRow[];
  /** What may stand in the table at `path`; nothing where there is no such table. */
  keysAt(path: readonly PropertyKey[]): string[];
}

export function listTables(schema: z.ZodType): SettingTables {
  const root = z.toJSONSchema(schema, { io: "input" }) as Schema;
  const top = Object.entries(root.properties ?? {});
  return {
    tables: [{ name: "", about: "" }, ...top.filter(([, each]) => isTable(each)).map(tableOf)],
    rows: top.flatMap(rowsOf),
    keysAt: (path) => keysAt(root, path),
  };
}

/** Tables of one's own names: what stands for a name in the reference. */
const isNamed = (schema: Schema) =>
  typeof schema.additionalProperties === "object" &&
  schema.additionalProperties.properties !== undefined;
const isTable = (schema: Schema) => schema.type === "object";

const tableName = (key: string, schema: Schema) => (isNamed(schema) ? `${key}.NAME` : key);

function tableOf([key, schema]: [string, Schema]): SettingTable {
  return { name: tableName(key, schema), about: schema.description ?? "" };
}

function rowsOf([key, schema]: [string, Schema]): SettingRow[] {
  if (!isTable(schema)) return [rowOf("", key, schema)];
  const named = isNamed(schema) ? schema.additionalProperties : schema;
  const properties = named === false ? {} : (named?.properties ?? {});
  return Object.entries(properties)
    .filter(([, inner]) => inner.description !== undefined)
    .map(([name, inner]) => rowOf(tableName(key, schema), name, inner));
}

function keysAt(root: Schema, path: readonly PropertyKey[]): string[] {
  let schema: Schema | undefined = root;
  for (const part of path) {
    const table: Schema = schema ?? {};
    const named = table.additionalProperties === false ? undefined : table.additionalProperties;
    schema = table.properties?.[String(part)] ?? named;
  }
  return Object.keys(schema?.properties ?? {});
}

function rowOf(table: string, key: string, schema: Schema): SettingRow {
  const standard = schema.default === undefined ? null : tomlOf(schema.default);
  const about = schema.description ?? "";
  return { table, key, values: valuesOf(schema), default: standard, about };
}

function valuesOf(schema: Schema): string {
  if (schema.enum !== undefined) return choiceOf(schema.enum);
  switch (schema.type) {
    case "boolean":
      return "true or false";
    case "integer":
      return `${schema.minimum} to ${schema.maximum}`;
    case "array":
      return `list of ${schema.items?.enum === undefined ? "strings" : valuesOf(schema.items)}`;
    case "object":
      return "table";
    default:
      return "string";
  }
}

/** `"a", "b" or "c"`. */
function choiceOf(values: readonly string[]): string {
  const quoted = values.map((value) => `"${value}"`);
  const last = quoted.pop() ?? "";
  return quoted.length === 0 ? last : `${quoted.join(", ")} or ${last}`;
}

/** A value as TOML: JSON's strings, numbers and lists are TOML's too. */
function tomlOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(tomlOf).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const pairs = Object.entries(value).map(([key, inner]) => `${tomlKey(key)} = ${tomlOf(inner)}`);
    return pairs.length === 0 ? "{}" : `{ ${pairs.join(", ")} }`;
  }
  return JSON.stringify(value);
}

/** A key as TOML: in quotes unless it is a bare one. */
export function tomlKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key);
}
