// The environment of the tests: what the person who runs them keeps, or has set for themselves, is out
// of reach. A program that a test starts without a place of its own finds one that can't be made.

const unusable = "/dev/null/a-test-names-its-own-place";

export const unusablePlaces = {
  MARU_DATA: unusable,
  XDG_CONFIG_HOME: unusable,
  XDG_STATE_HOME: unusable,
} as const;

/** Handed to the process of the tests: what these start without an environment inherits that one's. */
export function withoutOwnPlaces(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const others = Object.entries(environment).filter(([name]) => !name.startsWith("MARU_"));
  return { ...Object.fromEntries(others), ...unusablePlaces };
}
