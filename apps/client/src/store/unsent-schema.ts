// What a command of the outbox looks like on disk: as the protocol has it, without the number of its
// connection, with its cid. Owns only the schema; nothing else may come from the file to the wire.

import { Edit, React, Redact, Send, Topic } from "@maru/protocol/chat";
import type { Unsent } from "@maru/sdk/chat";
import * as z from "zod";

const cid = z.string().min(1).max(64);

export const UnsentSchema = z.discriminatedUnion("type", [
  Send.extend({ type: z.literal("send"), cid }),
  Edit.extend({ type: z.literal("edit"), cid }),
  Redact.extend({ type: z.literal("redact"), cid }),
  React.extend({ type: z.literal("react"), cid }),
  Topic.extend({ type: z.literal("topic"), cid }),
]) satisfies z.ZodType<Unsent>;
