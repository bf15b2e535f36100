// Numbers on a command line, as commander's readers of a flag's value: in digits, or a mistake that
// names what is needed.

import { InvalidArgumentError } from "commander";

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError("a whole number is needed.");
}

/** A reader of whole numbers from `min` to `max`. */
export const wholeNumberWithin =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`a whole number from ${min} to ${max} is needed.`);
  };

/** A whole number from 1 on. */
export function count(text: string): number {
  const value = /^-\d+$/.test(text) ? 0 : wholeNumber(text);
  if (value >= 1) return value;
  throw new InvalidArgumentError("at least 1 is needed.");
}

/** The longest that a flag may make a program wait, in seconds: a day. */
export const waitSecondsMax = 86_400;

/** A time in whole seconds, from 1 to a day. */
export function seconds(text: string): number {
  const value = count(text);
  if (value <= waitSecondsMax) return value;
  throw new InvalidArgumentError(`at most ${waitSecondsMax} is possible.`);
}
