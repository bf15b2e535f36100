// What is answered to the HTTP request that a WebSocket begins with (RFC 6455, 4.2.2): the switch to
// frames, or a plain refusal with which the connection ends. Owns the form of both, and finds its end.

const textEncoder = new TextEncoder();
const textDecoder = new TextDecoder();

/** Why a request is no upgrade; `sentence` is for a person. */
export interface UpgradeRefusal {
  readonly status: keyof typeof statuses;
  readonly sentence: string;
}

const statuses = {
  400: "Bad Request",
  403: "Forbidden",
  404: "Not Found",
  408: "Request Timeout",
  426: "Upgrade Required",
  431: "Request Header Fields Too Large",
  503: "Service Unavailable",
} as const;

export function upgradeAccepted(accept: string, subprotocol: string | null): Uint8Array {
  const head = [
    "HTTP/1.1 101 Switching Protocols",
    "upgrade: websocket",
    "connection: Upgrade",
    `sec-websocket-accept: ${accept}`,
    ...(subprotocol === null ? [] : [`sec-websocket-protocol: ${subprotocol}`]),
  ];
  return textEncoder.encode(`${head.join("\r\n")}\r\n\r\n`);
}

export function upgradeRefused({ status, sentence }: UpgradeRefusal): Uint8Array {
  const body = textEncoder.encode(`${sentence}\n`);
  const head = [
    `HTTP/1.1 ${status} ${statuses[status]}`,
    "connection: close",
    // What a client may upgrade to, which 426 has to say.
    ...(status === 426 ? ["upgrade: websocket", "sec-websocket-version: 13"] : []),
    "content-type: text/plain; charset=utf-8",
    `content-length: ${body.length}`,
  ];
  const bytes = textEncoder.encode(`${head.join("\r\n")}\r\n\r\n`);
  const answer = new Uint8Array(bytes.length + body.length);
  answer.set(bytes);
  answer.set(body, bytes.length);
  return answer;
}

/** Whether an answer begins there, and no frame: the first byte of "HTTP" is none of ours. */
export const isAnswer = (bytes: Uint8Array, at: number): boolean => bytes[at] === 0x48;

/** How long the answer is that begins there; it is there as a whole. */
export function answerBytes(bytes: Uint8Array, at: number): number {
  const end = headEnd(bytes, at, at);
  const head = textDecoder.decode(bytes.slice(at, end));
  const body = /^content-length: (\d+)\r$/m.exec(head)?.[1];
  return end - at + Number(body ?? 0);
}

/**
 * The place behind the empty line that ends a head of HTTP, looked for from `from` on; -1: not there.
 * `start` is the head's first byte, and everything before `from` has been looked at.
 */
export function headEnd(
  bytes: Uint8Array,
  start: number,
  from: number,
  end = bytes.length,
): number {
  for (let at = Math.max(start, from - 3); at + 4 <= end; at += 1) {
    const isEnd =
      bytes[at] === 0x0d &&
      bytes[at + 1] === 0x0a &&
      bytes[at + 2] === 0x0d &&
      bytes[at + 3] === 0x0a;
    if (isEnd) return at + 4;
  }
  return -1;
}
