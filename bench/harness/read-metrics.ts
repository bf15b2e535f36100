// What Maru counts of itself, as its /metrics tells it. Reads only.

/** The figure of one line, 0 where it isn't there; `name` as it stands, labels too. */
export async function readMetric(port: number, name: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`);
  const lines = (await response.text()).split("\n");
  const line = lines.find((each) => each.startsWith(`${name} `));
  return line === undefined ? 0 : Number(line.slice(name.length + 1));
}
