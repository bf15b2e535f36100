// What is observed, in plain words: a topic and a sentence or two for each. Pure.

import type { FrameSeen, Observation, Seen } from "./observation.ts";

/** One line of a story: what it is about, and what it says. */
export interface Words {
  readonly topic: string;
  readonly text: string;
}

/** The room log's requests and results that only ask. */
const questions: Readonly<Record<string, string>> = {
  append: "an entry is to be appended",
  recall: "was this one stored before?",
  open: "what is known of this room?",
  read: "a page of the room's entries",
  search: "messages that hold these words",
  mark: "how far it is read, to be kept",
  inbox: "what is unread",
};

/** What an acknowledgement promises, by durability. */
const promises: Readonly<Record<string, string>> = {
  fsync: "forced to the disk (fsync): it survives a loss of power",
  os: "given to the operating system, not forced to the disk: it survives the end of the process",
  memory: "kept in memory: it survives nothing",
};

export const group = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ",");

const many = (count: number, one: string, more = `${one}s`): string =>
  `${group(count)} ${count === 1 ? one : more}`;

/** `name`: who is explained. */
export function wordsOf({ seen }: Observation, name: string): Words[] {
  switch (seen.what) {
    case "opened":
      return [
        { topic: "accept", text: `a connection from ${seen.address}; it has to greet first` },
      ];
    case "read":
      return readWords(seen);
    case "batch":
      return batchWords(seen, name);
    case "command":
      return [{ topic: "command", text: commandText(seen) }];
    case "logged":
      return [{ topic: "log", text: `answers: ${seen.kind}${afterText(seen.us)}` }];
    case "commit":
      return commitWords(seen);
    case "reply":
      return [{ topic: "reply", text: replyText(seen, name) }];
    case "event":
      return [{ topic: "event", text: `${seen.type}, for ${name} alone` }];
    case "publish":
      return [{ topic: "fan-out", text: publishText(seen, name) }];
    case "entered":
    case "left":
      return [{ topic: "group", text: groupText(seen, name) }];
    case "turn":
      return [{ topic: "turn", text: turnText(seen, name) }];
    case "answer":
      return [{ topic: "answer", text: answerText(seen, name) }];
    case "fan-out":
      return [{ topic: "fan-out", text: fanOutText(seen) }];
    case "wrote":
      return [{ topic: "write", text: wroteText(seen, name) }];
    case "queues":
      return [{ topic: "queues", text: queuesText(seen, name) }];
    case "closing":
      return [
        { topic: "close", text: "behind all that was said before, the reason and then the end" },
      ];
    case "gone":
      return [{ topic: "close", text: "the socket is gone; the service is told, and its rooms" }];
    case "over":
      return [{ topic: "session", text: `${name}'s session is over: ${seen.code}` }];
    case "chosen":
      return [{ topic: "session", text: `this connection is ${seen.nick} from here on` }];
    case "missed":
      return [{ topic: "left out", text: `${many(seen.count, "observation")} of one second` }];
  }
}

type Of<T extends Seen["what"]> = Extract<Seen, { what: T }>;

const afterText = (us: number | null): string => (us === null ? "" : ` after ${group(us)} µs`);

function readWords({ bytes, frames, more, held, isForeign }: Of<"read">): Words[] {
  const whole = frames.length + more;
  const rest = held > 0 ? `, and ${many(held, "byte")} of one that is not whole yet` : "";
  const text = `${many(bytes, "byte")} in one read of the socket: ${many(whole, "whole frame")}${rest}`;
  return [
    { topic: "read", text },
    ...frames.flatMap(frameWords),
    ...(isForeign ? [{ topic: "frame", text: "these are not frames of the length prefix" }] : []),
    ...(more > 0
      ? [{ topic: "frame", text: `and ${many(more, "more frame", "more frames")}` }]
      : []),
  ];
}

function frameWords({ header, head, length, json }: FrameSeen): Words[] {
  const payload = many(length, "byte");
  return [
    {
      topic: "frame",
      text: `${header} = length ${group(length)} | ${head} … = ${payload} of payload`,
    },
    { topic: "payload", text: json ?? "no JSON object: the shard refuses it" },
  ];
}

function batchWords({ commands, own, bytes, isPosted }: Of<"batch">, name: string): Words[] {
  const whose = commands === own ? "" : `, ${many(own, "of them", "of them")} ${name}'s`;
  const hop = isPosted
    ? "posted to the service's thread, as one JSON text"
    : "none: with --workers 0 the service runs on this thread";
  const text = `decoded and checked: ${many(commands, "command")}${whose}; one uplink batch, ${many(bytes, "byte")} of credit`;
  return [
    { topic: "batch", text },
    { topic: "hop", text: hop },
  ];
}

function commandText({ type, id, us, asks }: Of<"command">): string {
  const log = asks.map((kind) => questions[kind] ?? kind).join("; ");
  const asked = asks.length === 0 ? "nothing is asked of the log" : `asks the log: ${log}`;
  return `${type}, id ${id}, handled in ${group(us)} µs; ${asked}`;
}

function commitWords({ entries, seqs, durability, us }: Of<"commit">): Words[] {
  const places = seqs.length === 0 ? "not stored" : `seq ${seqs.join(", ")}`;
  const text = `one transaction for all of this tick: ${many(entries, "entry", "entries")}, ${places}; ${group(us)} µs`;
  return [
    { topic: "commit", text },
    { topic: "commit", text: promises[durability] ?? durability },
  ];
}

function replyText({ type, re, code }: Of<"reply">, name: string): string {
  return `${type}${code === "" ? "" : ` ${code}`}, the answer to ${name}'s command ${re}`;
}

function publishText({ type, room, seq, isOwn, members }: Of<"publish">, name: string): string {
  const place = seq === null ? "" : `, seq ${seq}`;
  const whose = isOwn === null ? "" : isOwn ? `, ${name}'s own` : ", of another member";
  return `${type} in ${room}${place}${whose}: encoded once for ${many(members, "member")}`;
}

function groupText({ what, members }: Of<"entered" | "left">, name: string): string {
  const verb = what === "entered" ? "is in" : "has left";
  return `${name} ${verb} the group of this room's members: ${group(members)} now`;
}

function turnText({ commands, own, us }: Of<"turn">, name: string): string {
  const whose = commands === own ? "" : `, ${group(own)} of them ${name}'s`;
  return `the service's turn is over after ${group(us)} µs: ${many(commands, "command")}${whose}`;
}

function answerText({ answers, bytes }: Of<"answer">, name: string): string {
  const answered = answers === 0 ? "" : `, which answer ${many(answers, "command")}`;
  return `${many(bytes, "byte")} for ${name} alone${answered}`;
}

function fanOutText({ messages, bytes }: Of<"fan-out">): string {
  return `${many(messages, "message")} in ${many(bytes, "byte")}: the same memory is put on each member of this shard`;
}

function wroteText({ bytes, taken, types }: Of<"wrote">, name: string): string {
  const what = types === null ? "the rest of an earlier write" : types.join(" + ") || "no frame";
  if (taken < 0) return `${what}: ${name}'s socket is gone`;
  const kept = taken === bytes ? "all taken" : `${group(taken)} taken, the rest waits`;
  return `one system call for ${name}, ${many(bytes, "byte")}, ${kept}: ${what}`;
}

function queuesText({ writes, bytes, own, waiting }: Of<"queues">, name: string): string {
  const slow =
    waiting === 0
      ? "nothing waits for a slow reader"
      : `${many(waiting, "connection")} behind, ${many(own, "byte")} wait for ${name}`;
  return `this tick of the shard: ${many(writes, "write")}, ${many(bytes, "byte")}; ${slow}`;
}
