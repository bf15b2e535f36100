// What is said when an address can't be listened on, and who can reach one that can. Pure.

/** By the code that the system or the runtime gives. */
const reasons: readonly (readonly [RegExp, (place: Place) => string])[] = [
  [
    /EADDRINUSE|in use/,
    ({ portFlag }) =>
      `the port is taken; is a server running there already? ${portFlag} 0 picks a free port`,
  ],
  [
    /EACCES|EPERM/,
    ({ portFlag }) => `this user may not listen there; choose a port above 1023 with ${portFlag}`,
  ],
  [
    /EADDRNOTAVAIL|EAFNOSUPPORT|ENOTFOUND|EINVAL|refused/,
    () => "--host names no address of this machine; 127.0.0.1 is this machine alone, 0.0.0.0 all",
  ],
];

interface Place {
  readonly host: string;
  readonly port: number | string;
  /** The flag that names the port. */
  readonly portFlag: string;
}

export function listenProblem(place: Place, error: unknown): string {
  const { code = "", message } = error as Error & { code?: string };
  const reason = reasons.find(([pattern]) => pattern.test(`${code} ${message}`))?.[1](place);
  return `can't serve on ${place.host}:${place.port}: ${reason ?? message}`;
}

const loopback = /^(127\.|localhost$|::1$|\[::1\]$)/i;

/** Whether only this machine reaches what listens there. */
export const isLoopback = (host: string): boolean => loopback.test(host);

/** Null: no other machine can connect. */
export function exposureWarning(host: string): string | null {
  if (isLoopback(host)) return null;
  return "no TLS and no accounts: whoever reaches this port, or a machine on the way to it, can read along and take any nick that is free; --host 127.0.0.1 keeps it on this machine";
}
