// Reads numbers from a benchmark's command line. Ends nothing: a wrong one throws with its name.

/** A finite number ≥ min, of the option `name`. */
export function readNumber(name: string, text: string, min = 0): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value < min) {
    throw new RangeError(`--${name} must be a number ≥ ${min}, not "${text}"`);
  }
  return value;
}

/** A whole number ≥ min, of the option `name`. */
export function readCount(name: string, text: string, min = 0): number {
  const value = readNumber(name, text, min);
  if (!Number.isInteger(value)) throw new RangeError(`--${name} must be whole, not "${text}"`);
  return value;
}
