import { describe, expect, test } from "bun:test";
import { bytesOf, decodeChunks, joined, textOf } from "../../../test/bytes.ts";
import { clientFrame, upgradeAnswer, upgradeRequest } from "../../../test/web-socket-client.ts";
import { createWebSocket } from "../../../test/web-socket-framing.ts";

const nothing = new Uint8Array(0);

/** What is answered to a request, and the connection's last words if it is refused. */
function answerTo(request: string, requestBytesMax?: number): string {
  const decoder = createWebSocket(requestBytesMax).createDecoder(100);
  decodeChunks(decoder, [bytesOf(request)]);
  const reply = decoder.takeReply();
  if (decoder.fault !== null) expect(reply).toBeNull();
  return textOf(reply ?? decoder.farewell(nothing));
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+) /.exec(answer)?.[1]);

describe("an upgrade request", () => {
  test("is answered as RFC 6455 says, and no more", () => {
    expect(answerTo(upgradeRequest()).split("\r\n")).toEqual([
      "HTTP/1.1 101 Switching Protocols",
      "upgrade: websocket",
      "connection: Upgrade",
      `sec-websocket-accept: ${upgradeAnswer}`,
      "",
      "",
    ]);
  });

  const welcome: Record<string, Record<string, string>> = {
    "with the page's origin": { Origin: "https://chat.example" },
    "as Firefox asks": { Connection: "keep-alive, Upgrade", Upgrade: "WebSocket" },
    "with compression offered": { "Sec-WebSocket-Extensions": "permessage-deflate" },
    "with cookies and words of other tongues": { Cookie: "a=b; c=d", "X-Name": "é" },
  };
  test.each(Object.entries(welcome))("is welcome %s", (_name, headers) => {
    const answer = answerTo(upgradeRequest(headers));
    expect(statusOf(answer)).toBe(101);
    expect(answer).not.toContain("extensions");
  });

  test("may have a query, whose words are not looked at", () => {
    expect(statusOf(answerTo(upgradeRequest({}, "GET /ws?token=1 HTTP/1.1")))).toBe(101);
  });

  test("gets the subprotocol of the service, if it offers that; none of the others", () => {
    const offer = (names: string) => answerTo(upgradeRequest({ "Sec-WebSocket-Protocol": names }));
    expect(offer("other, chat.v1")).toContain("sec-websocket-protocol: chat.v1\r\n");
    expect(offer("other, secret-token")).not.toContain("sec-websocket-protocol");
  });

  test("may come a byte at a time, with frames behind it", () => {
    const decoder = createWebSocket().createDecoder(100);
    const stream = joined([bytesOf(upgradeRequest()), clientFrame("first")]);
    const bytes = [...stream].map((byte) => Uint8Array.of(byte));
    expect(decodeChunks(decoder, bytes)).toEqual(["first"]);
    expect(textOf(decoder.takeReply() ?? nothing)).toContain(upgradeAnswer);
  });
});

describe("what is no upgrade request is refused plainly", () => {
  const refused: [string, number, string][] = [
    ["another path", 404, upgradeRequest({}, "GET /other HTTP/1.1")],
    ["a path that only begins so", 404, upgradeRequest({}, "GET /ws/x HTTP/1.1")],
    ["a page", 404, upgradeRequest({ Upgrade: undefined }, "GET / HTTP/1.1")],
    ["no upgrade", 426, upgradeRequest({ Upgrade: undefined })],
    ["an upgrade to something else", 426, upgradeRequest({ Upgrade: "h2c" })],
    ["an upgrade that Connection does not name", 426, upgradeRequest({ Connection: "close" })],
    ["another version", 426, upgradeRequest({ "Sec-WebSocket-Version": "8" })],
    ["no version", 426, upgradeRequest({ "Sec-WebSocket-Version": undefined })],
    ["no key", 400, upgradeRequest({ "Sec-WebSocket-Key": undefined })],
    ["a key of other length", 400, upgradeRequest({ "Sec-WebSocket-Key": "c2hvcnQ=" })],
    ["two keys", 400, upgradeRequest({ "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==" })],
    ["another origin", 403, upgradeRequest({ Origin: "https://evil.example" })],
    ["an origin that begins as ours", 403, upgradeRequest({ Origin: "https://chat.example.evil" })],
    ["an origin of no page", 403, upgradeRequest({ Origin: "null" })],
    [
      "two origins",
      403,
      upgradeRequest({ Origin: "https://chat.example", origin: "https://evil.example" }),
    ],
    ["no host", 400, upgradeRequest({ Host: undefined })],
    ["a body", 400, upgradeRequest({ "Content-Length": "5" })],
    ["a body in chunks", 400, upgradeRequest({ "Transfer-Encoding": "chunked" })],
    ["two lengths", 400, upgradeRequest({ "Content-Length": "0", "content-length": "5" })],
    ["HTTP/1.0", 400, upgradeRequest({}, "GET /ws HTTP/1.0")],
    ["a whole address", 400, upgradeRequest({}, "GET http://127.0.0.1/ws HTTP/1.1")],
    ["no request line", 400, "GET \r\n\r\n"],
    ["a header without a colon", 400, upgradeRequest({}, "GET /ws HTTP/1.1\r\nbroken")],
    ["a space before the colon", 400, upgradeRequest({ "X-A ": "b" })],
    ["a folded header", 400, upgradeRequest({ "X-A": "b\r\n c" })],
    [
      "a bare line feed in a header",
      400,
      upgradeRequest({ "X-A": "b\nOrigin: https://evil.example" }),
    ],
    ["a zero byte", 400, upgradeRequest({ "X-A": "b\0" })],
  ];
  test.each(refused)("%s", (_name, status, request) => {
    const answer = answerTo(request);
    expect(statusOf(answer)).toBe(status);
    const [head = "", body = ""] = answer.split("\r\n\r\n");
    expect(head).toContain(`content-length: ${Buffer.byteLength(body)}`);
    expect(head).toContain("connection: close");
    expect(head.includes("sec-websocket-version: 13")).toBe(status === 426);
    expect(body.length).toBeGreaterThan(5);
  });

  test("one above its bound, whether its end has come or not", () => {
    const padded = (bytes: number) => {
      const bare = upgradeRequest({ "X-Pad": "" }).length;
      return upgradeRequest({ "X-Pad": "x".repeat(bytes - bare) });
    };
    expect(statusOf(answerTo(padded(512), 512))).toBe(101);
    expect(statusOf(answerTo(padded(513), 512))).toBe(431);
    expect(statusOf(answerTo(padded(600).slice(0, 512), 512))).toBe(431);
    expect(statusOf(answerTo(padded(600).slice(0, 511), 512))).toBe(503);
  });
});
