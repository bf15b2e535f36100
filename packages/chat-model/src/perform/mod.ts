// Effects done with the SDK: each is asked of the server, and its answer comes back as an input.

export { Delivery, type Failure } from "./delivery.ts";
export { performPage } from "./fetch-page.ts";
export { type Completing, performLookUp } from "./look-up-nicks.ts";
export { Outbox, type OutboxStore, unsentText } from "./outbox.ts";
export { perform } from "./perform.ts";
export { refusalText } from "./refusal-text.ts";
export { isKept } from "./unsent-of.ts";
