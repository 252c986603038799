/** About what it takes to start an engine: its program, the model, a known image. */
const START_SECONDS = 1;

/**
 * Whether one more engine would spare more time than it takes to start.
 * @param left photos that wait or are at work
 * @param pace photos a second, all engines together; null where it is not known
 * @param engines that there are
 * @param asked whether a person has asked for more: then any two photos will do
 */
export function helpersWorth(left: number, pace: number | null, engines: number, asked: boolean): boolean {
  if (left <= engines) return false;
  if (asked) return true;
  // With one more of n engines, 1/(n + 1) of the time is spared.
  return pace !== null && left / pace / (engines + 1) > START_SECONDS;
}
