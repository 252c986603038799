/** Time to change one's mind, after which what was deleted may go for good. */
export const UNDO_MS = 30_000;
