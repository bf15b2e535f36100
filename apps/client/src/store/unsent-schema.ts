// What a command of the outbox looks like on disk: as the protocol has it, without the number of its
// connection, with its cid. Owns only the schema; nothing else may come from the file to the wire.

import { Edit, React, Redact, Send, Topic } from "@maru/protocol/chat";
import type { Unsent } from "@maru/sdk";
import * as z from "zod";

const cid = z.string().min(1).max(64);

export const UnsentSchema = z.discriminatedUnion("type", [
  Send.omit({ id: true }).extend({ cid }),
  Edit.omit({ id: true }).extend({ cid }),
  Redact.omit({ id: true }).extend({ cid }),
  React.omit({ id: true }).extend({ cid }),
  Topic.omit({ id: true }).extend({ cid }),
]) satisfies z.ZodType<Unsent>;
