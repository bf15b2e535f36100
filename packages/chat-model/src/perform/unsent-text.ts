// What a client that ends says about what the server has not acknowledged. Pure.

export interface WayOut {
  /** Whether the outbox of this client is on disk. */
  readonly isOwner: boolean;
  readonly isGuest: boolean;
}

export function unsentText(count: number, { isOwner, isGuest }: WayOut): string {
  const left = `${count} not acknowledged yet`;
  if (!isOwner) return `${left}, and not kept: look whether it has arrived`;
  // A cid counts for one nick, and the next guest is another one.
  if (isGuest) return `${left}: kept, and shown as refused the next time, as you are a guest`;
  return `${left}: kept, and sent the next time`;
}
