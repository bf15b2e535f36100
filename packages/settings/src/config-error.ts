// The one error of settings: what is wrong with them, for the person who wrote them.

/** Its message is one problem a line. */
export class ConfigError extends Error {}
