// The chat protocol's public surface.

export * from "./amend.ts";
export * from "./chat-protocol.ts";
export * from "./codes.ts";
export * from "./commands.ts";
export * from "./emoji.ts";
export * from "./events.ts";
export * from "./limits.ts";
export * from "./mentions.ts";
export * from "./names.ts";
export * from "./replies.ts";
export * from "./text.ts";
export * from "./typing-notices.ts";
