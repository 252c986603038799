/**
 * Makes one slice of the store: its own fields, told apart from all that it may look at and change.
 * Slices do not know the whole store, so that they and it form no circle.
 */
export type CreateSlice<Slice, Seen extends Slice = Slice> = (
  set: (change: Partial<Seen> | ((state: Seen) => Partial<Seen>)) => void,
  get: () => Seen,
) => Slice;
