// The log port: where the engine says what happened. The application supplies the sink.
// Dotted event names and fields, never interpolated sentences, never a message's text.

export type LogLevel = "debug" | "info" | "warn" | "error";
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;
export type Log = (level: LogLevel, event: string, fields?: LogFields) => void;

export const silentLog: Log = () => {};
