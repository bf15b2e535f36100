// The application's log: structured records on standard error. A library formats and filters;
// standard output is left to the one line that says where the server listens.

import {
  configureSync,
  getAnsiColorFormatter,
  getJsonLinesFormatter,
  getLogger,
  getTextFormatter,
  type TextFormatter,
} from "@logtape/logtape";
import type { Log } from "@maru/core";
import { startTimer } from "@maru/protocol";
import { quietLog } from "./quiet-log.ts";

const levelNames = { debug: "debug", info: "info", warn: "warning", error: "error" } as const;

const isTerminal = process.stderr.isTTY === true;

export function createLog(options: {
  level: keyof typeof levelNames;
  format: "auto" | "text" | "json";
}): Log {
  // A log that can't be written (a full disk, a reader that left) is no reason to cut a connection.
  process.stderr.on("error", () => {});
  const isJson = options.format === "json" || (options.format === "auto" && !isTerminal);
  const format = isJson ? jsonFormatter() : textFormatter();
  configureSync({
    reset: true,
    sinks: { stderr: (record) => process.stderr.write(format(record)) },
    loggers: [
      { category: "maru", sinks: ["stderr"], lowestLevel: levelNames[options.level] },
      { category: ["logtape", "meta"], sinks: ["stderr"], lowestLevel: "error" },
    ],
  });
  const logger = getLogger("maru");
  const tell: Log = (level, event, fields = {}) => {
    // In JSON the fields stand for themselves; for people they follow the event's name.
    const names = isJson ? [] : Object.keys(fields).map((name) => ` ${name}={${name}}`);
    logger[level](`${event}${names.join("")}`, { ...fields });
  };
  const quiet = quietLog(tell, (ms, run) => void startTimer(ms, run, { isBackground: true }));
  process.on("exit", quiet.flush);
  return quiet.log;
}

function jsonFormatter(): TextFormatter {
  return getJsonLinesFormatter({ properties: "flatten" });
}

function textFormatter(): TextFormatter {
  const options = { timestamp: "time", value: (value: unknown) => String(value) } as const;
  return isTerminal ? getAnsiColorFormatter(options) : getTextFormatter(options);
}
