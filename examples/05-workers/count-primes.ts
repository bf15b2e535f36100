// What each thread of the task pool runs: one count after the other.

import { runTasks } from "@maru/core/tasks";

runTasks(() => ({ run: countPrimes }));

/** Primes below a number, by the sieve of Eratosthenes. */
function countPrimes(below: number): number {
  const isComposite = new Uint8Array(below);
  let primes = 0;
  for (let n = 2; n < below; n += 1) {
    if (isComposite[n] === 1) continue;
    primes += 1;
    for (let multiple = n * n; multiple < below; multiple += n) isComposite[multiple] = 1;
  }
  return primes;
}
