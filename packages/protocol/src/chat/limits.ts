// The bounds of a server that concern a client, and the range that each may have. A client obeys them,
// so they are held to their ranges where they come in: a server can't make it spin, wait without end
// or send what no reader can take.

import * as z from "zod";
import { bounded, required } from "../codec/peer-number.ts";
import { textBytesMax } from "./text.ts";

/** The largest count there is on the wire: of members, messages, rooms. */
export const countMax = 2_147_483_647;
/** UTF-8 bytes that a text may always have: the longest emoji, and what marks that a line goes on. */
export const textBytesMin = 64;
/** Payload bytes of a frame: what a hello may have, and the most that a server can be set to. */
export const frameBytesMin = 4_096;
export const frameBytesMax = 1_048_576;
/** Commands unanswered at a time. */
export const inflightMax = 65_536;
/** Messages per second, where there is a limit: one in ten seconds. */
export const sendRateMin = 0.1;
/** Entries of one page that a command may ask for. */
export const pageEntriesMax = 1_000;

/** 0 is no limit; whatever else is less than the least is the least. */
const sendRate = z.preprocess(
  (value) =>
    typeof value === "number" && value !== 0
      ? Math.min(Math.max(value, sendRateMin), countMax)
      : value,
  z.number().min(0).max(countMax),
);

/** The bounds that concern a client. */
export const Limits = z.object({
  frameBytes: required(frameBytesMin, frameBytesMax).describe("payload bytes of one frame"),
  textBytes: required(textBytesMin, textBytesMax).describe("UTF-8 bytes of one text"),
  inflight: bounded(1, inflightMax).describe("commands unanswered at a time; more are read later"),
  sendRate: sendRate.describe(
    `messages per second in the long run, ${sendRateMin} or more; 0 = no limit`,
  ),
  sendBurst: bounded(1, countMax).describe("messages at once before sendRate applies"),
  roomsPerSession: bounded(1, countMax).describe("rooms joined at a time"),
  historyPage: bounded(1, pageEntriesMax).describe("entries of one page"),
});
export type Limits = z.infer<typeof Limits>;
