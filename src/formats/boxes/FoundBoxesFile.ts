import type { Find } from '../../core/find/model.ts';
import type { Size } from '../../core/model.ts';
import { csvLine } from '../tables/csv.ts';

/** Characters after which a piece of text is handed to the browser. */
const PIECE = 64 * 1024;

/** A text that grows: its pieces become Blobs, which the browser keeps out of the page's heap. */
class GrowingText {
  private readonly pieces: Blob[] = [];
  private rest: string[] = [];
  private length = 0;

  add(text: string): void {
    this.rest.push(text);
    this.length += text.length;
    if (this.length < PIECE) return;
    this.pieces.push(new Blob(this.rest));
    this.rest = [];
    this.length = 0;
  }

  parts(): (Blob | string)[] {
    return [...this.pieces, ...this.rest];
  }
}

const hundredth = (value: number) => Math.round(100 * value) / 100;

/** Found boxes of any number of photos, written as they come: COCO (its instances, each with a score) and CSV. Corners to a hundredth of a pixel. */
export class FoundBoxesFile {
  private readonly images = new GrowingText();
  private readonly annotations = new GrowingText();
  private readonly rows = new GrowingText();
  private photos = 0;
  private boxes = 0;

  /** @param classes of the finder, which finds name by their place */
  constructor(private readonly classes: readonly string[]) {
    this.rows.add(
      csvLine([
        'photo',
        'width',
        'height',
        'label',
        'probability',
        'score',
        'left',
        'top',
        'right',
        'bottom',
        'problem',
      ]),
    );
  }

  /** A photo and its finds; one without finds has a row of its own. */
  add(photo: string, { width, height }: Size, finds: readonly Find[]): void {
    const image = { id: ++this.photos, file_name: photo, width, height };
    this.images.add(`${this.photos > 1 ? ',\n' : ''}${JSON.stringify(image)}`);
    if (finds.length === 0) this.rows.add(csvLine([photo, width, height, '', null, null, null, null, null, null, '']));
    for (const { classIndex, probability, score, box } of finds) {
      const [left = 0, top = 0, right = 0, bottom = 0] = box.map(hundredth);
      const annotation = {
        id: ++this.boxes,
        image_id: this.photos,
        category_id: classIndex + 1,
        bbox: [left, top, hundredth(right - left), hundredth(bottom - top)],
        area: hundredth((right - left) * (bottom - top)),
        iscrowd: 0,
        score: Number(probability.toPrecision(4)),
      };
      this.annotations.add(`${this.boxes > 1 ? ',\n' : ''}${JSON.stringify(annotation)}`);
      const label = this.classes[classIndex] ?? '';
      this.rows.add(csvLine([photo, width, height, label, annotation.score, score, left, top, right, bottom, '']));
    }
  }

  /** A photo that could not be searched: in the CSV only, with the reason. */
  fail(photo: string, reason: string): void {
    this.rows.add(csvLine([photo, null, null, '', null, null, null, null, null, null, reason]));
  }

  /** COCO's instances; `score` of an annotation is its probability, as in COCO's results. */
  coco(): Blob {
    const categories = this.classes.map((name, i) => ({ id: i + 1, name }));
    return new Blob(
      [
        '{"info":{"description":"Boxes found by Anysize"},\n"images":[',
        ...this.images.parts(),
        '],\n"annotations":[',
        ...this.annotations.parts(),
        `],\n"categories":${JSON.stringify(categories)}}\n`,
      ],
      { type: 'application/json' },
    );
  }

  csv(): Blob {
    return new Blob(this.rows.parts(), { type: 'text/csv;charset=utf-8' });
  }
}
