// What is said of a connection that never became one: one sentence a cause, for a person. Pure; the
// link and its transport know the causes. `place` is where one wanted to connect to.

/** By the system's code. */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there (connection refused)",
  ENOTFOUND: "there is no host of that name",
  EAI_NODATA: "there is no host of that name",
  EAI_NONAME: "there is no host of that name",
  EAI_AGAIN: "the host's name can't be looked up now",
  EHOSTUNREACH: "no way leads to the host",
  ENETUNREACH: "no way leads to the host's network",
  ENETDOWN: "the network is down",
  EHOSTDOWN: "the host is down",
  ETIMEDOUT: "no answer came",
  ECONNRESET: "it ended the connection before it welcomed this client; is it a Maru server?",
  EPIPE: "it ended the connection before it welcomed this client; is it a Maru server?",
  EADDRNOTAVAIL: "that is no address to connect to from here",
  EINVAL: "that is no address to connect to from here",
};
const unsaid = "it ended the connection without a word; is it a Maru server?";

/** `cause` undefined: the peer ended it, and no error was reported. */
export function failedText(place: string, cause: unknown): string {
  const reason = reasonOf(cause);
  return `No connection to ${place}: ${reason}${/[.?]$/.test(reason) ? "" : "."}`;
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return unsaid;
  const code = "code" in cause ? String(cause.code) : "";
  return reasons[code] ?? (cause.message || code || unsaid);
}

/** `isOpen`: it took the connection, and said nothing. */
export function silentText(place: string, timeoutMs: number, isOpen: boolean): string {
  const time = secondsOf(timeoutMs);
  if (!isOpen) return `No connection to ${place}: no answer within ${time}.`;
  return `${place} took the connection and said nothing for ${time}; is it a Maru server?`;
}

/** What other servers begin with. The first that fits counts. */
const speakers: readonly (readonly [RegExp, string])[] = [
  [/^HTTP\/|^<(!doctype|html|\?xml)/i, "HTTP"],
  [/^SSH-/, "SSH"],
  [/^RFB \d/, "VNC"],
  [/^220[ -]/, "a mail or FTP server"],
  [/^\+OK\b/, "a POP3 server"],
  [/^\* (OK|PREAUTH|BYE)\b/, "an IMAP server"],
  [/^-(ERR|NOAUTH|DENIED|WRONGPASS)/, "Redis"],
  [/^INFO \{/, "NATS"],
  [/^(:\S+ )?(NOTICE|ERROR) /, "an IRC server"],
  [/^\{/, "JSON without frames"],
];
/** The same by bytes, in hex. */
const binarySpeakers: typeof speakers = [
  [/^1[4-7]030[0-4]/, "TLS"],
  [/^..000000(0a|ff)/, "MySQL"],
];
/** Bytes of an answer that are looked at, and of an unknown one those that are shown. */
export const answerBytesMax = 64;
const shownMax = 24;

/** `answer`: what came first, as it came. */
export function foreignText(place: string, answer: Uint8Array): string {
  const bytes = [...answer.subarray(0, answerBytesMax)];
  const text = String.fromCharCode(...bytes);
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const speaker =
    speakers.find(([pattern]) => pattern.test(text))?.[1] ??
    binarySpeakers.find(([pattern]) => pattern.test(hex))?.[1];
  const how = speaker === undefined ? `it answered ${shown(text)}` : `it answered like ${speaker}`;
  return `${place} does not speak Maru: ${how}.`;
}

/** In letters that change nothing on a terminal. */
function shown(text: string): string {
  const short = text.slice(0, shownMax);
  const more = text.length > shownMax ? "…" : "";
  return `"${short.replaceAll(/[^\x20-\x7e]|"/g, "·")}${more}"`;
}

/** Milliseconds as people say them. */
export function secondsOf(ms: number): string {
  return ms === 1000 ? "1 second" : `${ms / 1000} seconds`;
}
