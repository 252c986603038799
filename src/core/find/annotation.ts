import type { Size } from '../model.ts';
import { type Box, boxArea, clipBox } from './boxes.ts';

/** A box with the name of its class. */
export interface LabelledBox {
  label: string;
  box: Box;
}

/** What a file says of one photo. */
export interface PhotoBoxes {
  /** Path or name of the photo as the file has it. */
  photo: string;
  /** Of the photo in pixels, where the file says it. */
  size: Size | null;
  boxes: LabelledBox[];
  /** Whether every thing in it has its box; absent where the file does not say. */
  complete?: boolean;
}

/** What was read from annotation files, and what of it was changed or left out. */
export interface ImportedBoxes {
  photos: PhotoBoxes[];
  /** Boxes of which a part lay outside their photo. */
  clipped: number;
  /** Boxes without extent, or outside their photo as a whole. */
  dropped: number;
  /** Files, or photos in them, that could not be taken. */
  problems: { file: string; reason: string }[];
}

/** Most characters of a class name. */
const LONGEST_LABEL = 200;

/** Collects boxes photo by photo, clips them to the photo and counts what was changed. */
export class BoxCollector {
  private readonly byPhoto = new Map<string, PhotoBoxes>();
  private clipped = 0;
  private dropped = 0;
  private readonly problems: { file: string; reason: string }[] = [];

  /** A photo is there, with or without boxes. */
  photo(photo: string, size: Size | null, complete?: boolean): void {
    const known = this.byPhoto.get(photo) ?? { photo, size, boxes: [] };
    known.size ??= size;
    if (complete !== undefined) known.complete = complete;
    this.byPhoto.set(photo, known);
  }

  /** @throws RangeError for a label or a box that is none */
  add(photo: string, label: string, box: Box): void {
    const name = label.trim();
    if (!name || name.length > LONGEST_LABEL) throw new RangeError('a box has no class name, or an endless one');
    if (!box.every(Number.isFinite)) throw new RangeError(`a box of “${name}” has corners that are no numbers`);
    this.photo(photo, null);
    const known = this.byPhoto.get(photo);
    const size = known?.size;
    const kept = size ? clipBox(box, size) : box;
    if (boxArea(kept) <= 0) {
      this.dropped++;
      return;
    }
    if (kept.some((value, side) => value !== box[side])) this.clipped++;
    known?.boxes.push({ label: name, box: kept });
  }

  problem(file: string, reason: string): void {
    this.problems.push({ file, reason });
  }

  result(): ImportedBoxes {
    return {
      photos: [...this.byPhoto.values()],
      clipped: this.clipped,
      dropped: this.dropped,
      problems: this.problems,
    };
  }
}
