// Commands that one knows from elsewhere and tries first, and that this server has nothing for yet.
// They are in no help and complete to nothing: a clear word is all they do. Pure.

/** By name: what there is not. */
const missing: Readonly<Record<string, string>> = {
  away: "nobody can be marked as away here yet",
  back: "nobody can be marked as away here yet",
  invite: "rooms are open to everybody here: tell them its name",
  kick: "nobody can be sent out of a room here yet; /ignore NICK hides what they say",
  ban: "nobody can be kept out of a room here yet; /ignore NICK hides what they say",
  upload: "no files can be sent here yet: send an address where it is",
};

/** Why there is no such command; null: no user would expect one. */
export function missingText(name: string): string | null {
  const why = Object.hasOwn(missing, name) ? missing[name] : undefined;
  return why === undefined ? null : `there is no /${name}: ${why}`;
}
