// Reads lists from a benchmark's command line.

/** What stands between the commas; nothing for nothing. */
export function readList(text: string): string[] {
  return text.split(",").filter((item) => item !== "");
}

/** Those of `known` that the option `name` lists, in the order of `known`; all where it isn't given. */
export function readNames<Name extends string>(
  name: string,
  text: string | undefined,
  known: readonly Name[],
): Name[] {
  if (text === undefined) return [...known];
  const wanted = readList(text);
  const strange = wanted.find((each) => !known.some((one) => one === each));
  if (strange === undefined && wanted.length > 0)
    return known.filter((one) => wanted.includes(one));
  throw new RangeError(`--${name} takes ${known.join(", ")}, not "${strange ?? text}"`);
}
