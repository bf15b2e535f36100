import { expect, test } from "bun:test";
import { exposureWarning, isLoopback, listenProblem } from "./listen-problem.ts";

const place = { host: "h", port: 80, portFlag: "--port" };
const failed = (code: string) => listenProblem(place, new Error(`cannot listen on h:80: ${code}`));

test("what can't be listened on is told with what to do", () => {
  expect(failed("EADDRINUSE")).toContain("--port 0 picks a free port");
  expect(failed("EACCES")).toContain("a port above 1023 with --port");
  for (const code of ["EADDRNOTAVAIL", "refused", "ENOTFOUND"]) {
    expect(failed(code)).toContain("--host names no address of this machine");
  }
  expect(failed("EMFILE")).toBe("can't serve on h:80: cannot listen on h:80: EMFILE");
});

test.each(["127.0.0.1", "127.1.2.3", "localhost", "LOCALHOST", "::1", "[::1]"])(
  "%s is this machine alone",
  (host) => {
    expect([isLoopback(host), exposureWarning(host)]).toEqual([true, null]);
  },
);

test.each(["0.0.0.0", "::", "192.0.2.1", "chat.example", "localhost.example", "1127.0.0.1"])(
  "%s is reached from elsewhere, and the person is warned",
  (host) => {
    expect(exposureWarning(host)).toContain("no TLS and no accounts");
  },
);
