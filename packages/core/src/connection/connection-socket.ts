// What the engine needs of a socket. Bun's socket fits it as it is; tests script one.

export interface ConnectionSocket {
  /** Undefined once the socket is gone, which may be before it was looked at. */
  readonly remoteAddress: string | undefined;
  /** Returns the bytes taken, which may be fewer than given, or -1 when the socket is closed. */
  write(bytes: Uint8Array): number;
  /** Sends FIN after what was written; the peer may still send. */
  shutdown(): void;
  /** Ends the connection at once, whatever is unsent. */
  terminate(): void;
  /** Stops reading; the kernel then holds the peer back. */
  pause(): void;
  resume(): void;
}
