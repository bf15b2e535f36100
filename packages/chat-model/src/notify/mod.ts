// Whether a person is called for what is said, and how often.

export { type CallWish, callsOf } from "./calls.ts";
export { type Call, callText, due, noPace, type Pace, type Paced, pace } from "./pace.ts";
