import { type Box, boxArea } from '../../../../core/find/boxes.ts';
import type { Size } from '../../../../core/model.ts';

/** Where a box lies and how large it is, in words: "upper left, 120 × 80 px, 4 % of the photo". */
export function placeWords(box: Box, size: Size): string {
  const third = (from: number, to: number, side: number) => Math.min(2, Math.floor((1.5 * (from + to)) / side));
  const row = ['upper', '', 'lower'][third(box[1], box[3], size.height)] ?? '';
  const column = ['left', '', 'right'][third(box[0], box[2], size.width)] ?? '';
  const place = row && column ? `${row} ${column}` : row ? `${row} middle` : column || 'middle';
  const share = (100 * boxArea(box)) / (size.width * size.height);
  const covers = share < 1 ? 'less than 1 %' : `${Math.round(share)} %`;
  return `${place}, ${Math.round(box[2] - box[0])} × ${Math.round(box[3] - box[1])} px, ${covers} of the photo`;
}
