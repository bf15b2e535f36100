// How a test that waits for something fails: after a time, with a sentence, instead of hanging.

/** Settles as `promise` does, or rejects with what `story` says when it takes longer than `ms`. */
export async function withDeadline<T>(
  promise: Promise<T>,
  ms: number,
  story: () => string,
): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`after ${ms} ms: ${story()}`)), ms);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
