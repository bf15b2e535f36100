// How a test that waits for something fails: after a time, with a sentence, instead of hanging.

/** Milliseconds that what is awaited may take, on a machine that has much else to do. */
export const deadlineMsDefault = 20_000;

/**
 * Milliseconds for a test that starts processes, as `setDefaultTimeout` takes them: longer than what it
 * awaits, which then says what was missing. After the runner's own 5 s it would also end every process
 * that other tests of the file share.
 */
export const processTestMs = 60_000;

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
