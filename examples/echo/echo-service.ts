// The chapter's first server as a service: print what came, send it back, as often as it comes.

import { type CreateService, serve } from "@maru/core";
import type { BytesMessage } from "@maru/protocol";
import { echoProtocol } from "./echo-protocol.ts";

export const echo = serve(echoProtocol, () => ({
  commands: {
    say(_peer, { text }) {
      process.stdout.write(`${printable(text)}\n`);
      return { text };
    },
  },
}));

/** The same without frames: bytes in, the same bytes out. */
export const createRawEcho: CreateService<BytesMessage, BytesMessage> = (port) => ({
  open: () => {},
  close: () => {},
  message(session, { bytes }) {
    process.stdout.write(printable(new TextDecoder().decode(bytes)));
    port.reply(session, { type: "bytes", bytes });
  },
});

/** A stranger's text must not steer the terminal that it is printed on. */
function printable(text: string): string {
  return text.replace(/[^\n\t\P{Cc}]/gu, "\ufffd");
}
