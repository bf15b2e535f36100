// What a faulty pipe needs of the world: something to read, something to write to, and time.

export interface PipeSource {
  pause(): void;
  resume(): void;
}

export interface PipeSink {
  /** Bytes taken; fewer than given until the next drain; -1 = gone. */
  write(bytes: Uint8Array): number;
  /** Sends FIN. */
  shutdown(): void;
  /** Sends RST. */
  terminate(): void;
}

export interface ProxyClock {
  /** Runs it after so many milliseconds, unless the function returned is called before. */
  after(ms: number, run: () => void): () => void;
}

export const realClock: ProxyClock = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
