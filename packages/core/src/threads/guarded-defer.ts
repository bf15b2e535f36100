// How work is put off to the end of a tick, such that what our own code throws there reaches `onBug`.

/** Like setImmediate; an error of the callback is the bug channel's. */
export function guardedDefer(onBug: (error: Error) => void): (callback: () => void) => void {
  return (callback) => {
    setImmediate(() => {
      try {
        callback();
      } catch (error) {
        onBug(error instanceof Error ? error : new Error(String(error)));
      }
    });
  };
}
