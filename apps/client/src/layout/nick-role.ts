// The colour of a nick: the same for the same person in every room, on every day and machine.
// Owns the hash alone; which colour a role is, the theme says.

import { roomKey } from "@maru/sdk/chat";
import { type Role, roles } from "@maru/tui/frame";

const nickRoles = roles.filter((role) => role.startsWith("nick"));

/** FNV-1a over UTF-16 units: short, and spreads names that differ in one letter. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return (hash ^ (hash >>> 15)) >>> 0;
}

export function nickRole(nick: string): Role {
  return nickRoles[hashOf(roomKey(nick)) % nickRoles.length] ?? "text";
}
