// A port of loopback for a server that can't choose one itself and tell.

/** Free a moment ago; nothing keeps it free. */
export function findFreePort(): number {
  const probe = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } });
  const { port } = probe;
  probe.stop(true);
  return port;
}
