// Every entry of the packages for Bun alone, for the types.

export * as chat from "@maru/chat";
export * as costs from "@maru/chat/command-costs";
export * as memory from "@maru/chat/log-memory";
export * as sqlite from "@maru/chat/log-sqlite";
export * as logTasks from "@maru/chat/log-sqlite/tasks";
export * as chatSettings from "@maru/chat/settings";
export * as core from "@maru/core";
export * as shard from "@maru/core/shard";
export * as tasks from "@maru/core/tasks";
export * as settings from "@maru/settings";
export * as load from "@maru/settings/load";
