// What Maru counts of itself, as its /metrics tells it. Reads only.

/** The port that a server may be given as --http-port: free a moment ago. */
export function findFreePort(): number {
  const probe = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } });
  const { port } = probe;
  probe.stop(true);
  return port;
}

/** The figure of one line, 0 where it isn't there; `name` as it stands, labels too. */
export async function readMetric(port: number, name: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`);
  const lines = (await response.text()).split("\n");
  const line = lines.find((each) => each.startsWith(`${name} `));
  return line === undefined ? 0 : Number(line.slice(name.length + 1));
}
