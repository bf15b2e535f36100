// A service whose handlers may throw: the session that a handler was about is closed, the log is told, and
// all others go on. For services in which no handler leaves state half changed that others share.

import { systemClose, type WireMessage } from "@maru/protocol";
import type { Log } from "../base/log.ts";
import type { Service, ServicePort } from "./port.ts";
import type { Session } from "./session.ts";

/** What a handler was doing. */
interface Doing {
  readonly during: "open" | "message" | "close" | "endTick";
  readonly session?: Session;
  /** Of the message. */
  readonly type?: string;
}

export function guardedService(
  service: Service<WireMessage>,
  port: ServicePort<WireMessage>,
  log: Log,
): Service<WireMessage> {
  const failed = (error: unknown, { during, session, type }: Doing) => {
    const { message: cause, stack = null } = asError(error);
    log("error", "service.threw", { during, type: type ?? null, cause, stack });
    if (session !== undefined) port.close(session, systemClose("internal_error"));
  };
  /** A handler may be asynchronous, against its type: what it rejects with is the same as what is thrown. */
  const watch = (result: unknown, doing: Doing) => {
    if (result instanceof Promise) result.catch((error: unknown) => failed(error, doing));
  };
  const attempt = (doing: Doing, handler: () => unknown) => {
    try {
      watch(handler(), doing);
    } catch (error) {
      failed(error, doing);
    }
  };
  return {
    open: (session) => attempt({ during: "open", session }, () => service.open(session)),
    message(session, message) {
      const doing: Doing = { during: "message", session, type: message.type };
      attempt(doing, () => service.message(session, message));
    },
    close: (session, code) => attempt({ during: "close" }, () => service.close(session, code)),
    endTick: () => attempt({ during: "endTick" }, () => service.endTick?.()),
    stopping: (deadlineMs) => service.stopping?.(deadlineMs),
    stop: () => service.stop?.(),
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
