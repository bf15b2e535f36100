// What is looked for in the logs. Plain data.

/** `room` null: everywhere. With a `cursor` of the server: what is older than was found. */
export interface Search {
  readonly type: "search";
  readonly query: string;
  readonly room: string | null;
  readonly cursor?: string;
}
