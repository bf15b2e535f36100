// The application's log: structured records on standard error. A library formats and filters;
// standard output is left to the one line that says where the server listens.

import {
  configureSync,
  getAnsiColorFormatter,
  getJsonLinesFormatter,
  getLogger,
  type TextFormatter,
} from "@logtape/logtape";
import type { Log } from "@maru/core";

const levelNames = { debug: "debug", info: "info", warn: "warning", error: "error" } as const;

const isTerminal = process.stderr.isTTY === true;

function formatterFor(format: "auto" | "text" | "json"): TextFormatter {
  if (format === "json" || (format === "auto" && !isTerminal)) {
    return getJsonLinesFormatter({ properties: "flatten" });
  }
  return getAnsiColorFormatter({
    timestamp: "time",
    ...(!isTerminal && { levelColor: null, categoryColor: null, messageColor: null }),
    value: (value) => String(value),
  });
}

export function createLog(options: {
  level: keyof typeof levelNames;
  format: "auto" | "text" | "json";
}): Log {
  const format = formatterFor(options.format);
  configureSync({
    reset: true,
    sinks: { stderr: (record) => process.stderr.write(format(record)) },
    loggers: [
      { category: "maru", sinks: ["stderr"], lowestLevel: levelNames[options.level] },
      { category: ["logtape", "meta"], sinks: ["stderr"], lowestLevel: "error" },
    ],
  });
  const logger = getLogger("maru");
  return (level, event, fields = {}) => {
    const shown = Object.entries(fields).map(([name]) => ` ${name}={${name}}`);
    logger[level](`${event}${shown.join("")}`, { event, ...fields });
  };
}
