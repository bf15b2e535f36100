// Reads the counts of a test run out of its JUnit report.

/** `N passed, N failed`; a run that failed without a failed test (a file that broke) counts as one. */
export function summaryOf(junit: string, exitCode: number): string {
  const head = /<testsuites [^>]*>/.exec(junit)?.[0] ?? "";
  const count = (name: string) => Number(new RegExp(` ${name}="(\\d+)"`).exec(head)?.[1] ?? 0);
  const failed = count("failures") + count("errors");
  const passed = count("tests") - failed - count("skipped");
  return `${passed} passed, ${exitCode !== 0 && failed === 0 ? 1 : failed} failed`;
}
