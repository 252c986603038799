/** Runs of a test of random input: so few in `npm test`, twenty times as many in `npm run test:long`. */
export function fuzzRuns(few: number): number {
  return process.env['ANYSIZE_LONG'] === '1' ? 20 * few : few;
}
