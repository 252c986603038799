/**
 * A function that runs pieces of work one after the other: each begins when the one before is over, however that ended. It returns what the
 * work returns, and rejects with what the work threw.
 */
export function inTurn(): <T>(work: () => T | Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };
}
