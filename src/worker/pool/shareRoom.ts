import { decodeRoom } from '../path/pixels/decode.ts';
import { isHelper } from './isHelper.ts';
import { takeLock } from './pageLock.ts';

/** Maps that a helper keeps at hand, so that other heads and pyramids need no backbone: at the default size, of 80 photos. */
export const HELPER_KEPT_BYTES = 64 * 2 ** 20;
/** Decoded pictures at a time in a helper: one of 40 megapixels, or several smaller ones. */
const HELPER_ROOM_BYTES = 160e6;

/** From now on huge pictures are decoded in one engine of the page at a time, and a helper takes less room than the first. */
export function shareRoom(page: string): void {
  decodeRoom.share((signal) => takeLock(`${page} huge picture`, signal), isHelper() ? HELPER_ROOM_BYTES : undefined);
}
