/**
 * Photos of a list that are on the path at once where a GPU computes: a batch of eight at work, and eight that are ready or being made ready. Less, and
 * the GPU waits for photos.
 */
export const GPU_DEPTH = 16;
