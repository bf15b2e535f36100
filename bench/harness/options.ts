// The options of a benchmark: one schema each, with what it is called, its default, its default in a
// quick run, and how its text is read. Help, defaults and types follow from it. Reads no command line.

export interface Option<T> {
  /** What stands for its value in the help; absent: it is a switch. */
  readonly value?: string;
  readonly about: string;
  /** The default as it would be typed; undefined: not giving it means something that `about` tells. */
  readonly usual?: string | undefined;
  /** The same in a `--quick` run, where it is another. */
  readonly quick?: string | undefined;
  /** Without dashes, where it isn't the key in kebab-case. */
  readonly flag?: string | undefined;
  /** Throws a RangeError with the option's name. */
  read(text: string | undefined, name: string): T;
}

/** By the key that its value has; `quick`, where it is there, chooses among the defaults. */
export type Options = Readonly<Record<string, Option<unknown>>>;

export type Values<O extends Options> = {
  readonly [Key in keyof O]: O[Key] extends Option<infer T> ? T : never;
};

type Default = string | number;

/** What may differ from what is usual for the kind. */
interface Extra {
  readonly quick?: Default;
  readonly flag?: string;
  readonly value?: string;
}

function option<T>(
  about: string,
  usual: Default | undefined,
  { quick, flag, value }: Extra,
  read: Option<T>["read"],
): Option<T> {
  const textOf = (given: Default | undefined) => (given === undefined ? undefined : `${given}`);
  return { about, value: value ?? "N", usual: textOf(usual), quick: textOf(quick), flag, read };
}

export function whole(about: string, usual: Default, extra: Extra & { min?: number } = {}) {
  return option(about, usual, extra, (text, name) => readWhole(text, name, extra.min));
}

export function real(about: string, usual: Default, extra: Extra & { min?: number } = {}) {
  return option(about, usual, extra, (text, name) => readReal(text, name, extra.min));
}

export function text(about: string, usual: string, extra: Extra = {}): Option<string> {
  return option(about, usual, { value: "TEXT", ...extra }, (given) => given ?? "");
}

/** What stands between the commas, each read by `read`. */
export function listOf<T>(
  about: string,
  usual: string,
  read: (item: string, name: string) => T,
  extra: Extra = {},
): Option<readonly T[]> {
  return option(about, usual, { value: "LIST", ...extra }, (given, name) =>
    readList(given ?? "").map((item) => read(item, name)),
  );
}

export const names = (about: string, usual: string, extra: Extra = {}) =>
  listOf(about, usual, (name) => name, extra);

/** Some of `known`, in their order; all of them where it isn't given. */
export function someOf<Name extends string>(
  about: string,
  known: readonly Name[],
): Option<readonly Name[]> {
  return option(about, undefined, { value: "LIST" }, (given, name) =>
    readNames(name, given, known),
  );
}

export function toggle(about: string): Option<boolean> {
  return { about, read: (given) => given !== undefined };
}

export function readReal(given: string | undefined, name: string, min = 0): number {
  const value = Number(given);
  if (given?.trim() && Number.isFinite(value) && value >= min) return value;
  throw new RangeError(`--${name} must be a number ≥ ${min}, not "${given}"`);
}

export function readWhole(given: string | undefined, name: string, min = 0): number {
  const value = readReal(given, name, min);
  if (!Number.isInteger(value)) throw new RangeError(`--${name} must be whole, not "${given}"`);
  return value;
}

/** What stands between the commas; nothing for nothing. */
export function readList(given: string): string[] {
  return given.split(",").filter((item) => item !== "");
}

/** Those of `known` that the option lists, in the order of `known`; all where it isn't given. */
export function readNames<Name extends string>(
  option: string,
  given: string | undefined,
  known: readonly Name[],
): Name[] {
  if (given === undefined) return [...known];
  const wanted = readList(given);
  const strange = wanted.find((each) => !known.some((one) => one === each));
  if (strange === undefined && wanted.length > 0)
    return known.filter((one) => wanted.includes(one));
  throw new RangeError(`--${option} takes ${known.join(", ")}, not "${strange ?? given}"`);
}

export const flagOf = (key: string, { flag }: Pick<Option<unknown>, "flag">): string =>
  flag ?? key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** By key, as typed: text, or true for a switch. What is not there has its default. */
export function valuesOf<O extends Options>(
  options: O,
  given: Readonly<Record<string, string | boolean | undefined>>,
): Values<O> {
  const isQuick = given.quick === true;
  const entries = Object.entries(options).map(([key, each]) => {
    const typed = given[key] === true ? "" : given[key];
    const usual = isQuick ? (each.quick ?? each.usual) : each.usual;
    return [key, each.read(typeof typed === "string" ? typed : usual, flagOf(key, each))];
  });
  return Object.fromEntries(entries) as Values<O>;
}
