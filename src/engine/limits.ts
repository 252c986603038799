/** Longest that the decoding of one file may take, in milliseconds. */
export const DECODE_TIMEOUT_MS = 15_000;
