// Effects done with the SDK: each is asked of the server, and its answer comes back as an input.

export { performPage } from "./fetch-page.ts";
export { Outbox, type OutboxStore } from "./outbox.ts";
export { perform } from "./perform.ts";
export { isKept } from "./unsent-of.ts";
