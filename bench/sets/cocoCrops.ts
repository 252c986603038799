import { SET_MISSING, type PhotoSet } from './photoSet.ts';

interface Annotated {
  file: string;
  boxes: { label: string; bbox: [x: number, y: number, width: number, height: number]; iscrowd: 0 | 1 }[];
}

/** Narrower boxes show too little to be called a photo of anything. */
const LEAST_SIDE = 32;
/** COCO's own groups, those of few boxes joined. */
const GROUPS: Record<string, readonly string[]> = {
  person: ['person'],
  carried: ['backpack', 'umbrella', 'handbag', 'tie', 'skis', 'tennis racket', 'baseball glove'],
  'on a table': 'bottle,wine glass,cup,fork,knife,spoon,bowl,banana,broccoli,carrot,pizza,donut,cake'.split(','),
  vehicle: ['bicycle', 'motorcycle', 'airplane', 'bus', 'boat'],
  animal: ['bird', 'cat', 'dog', 'horse', 'bear', 'giraffe'],
};
const CLASSES = [...Object.keys(GROUPS), 'something else'];

/**
 * The boxes of detect/coco, cut out, in six groups of 8 to 65: few photos, unevenly spread, a quarter of them taken for another group. They come of 38
 * pictures, so crops of one picture stand on both sides of a split.
 */
export async function cocoCrops(): Promise<PhotoSet> {
  const answer = await fetch('/bench-shared/detect/coco/annotations.json');
  if (!answer.ok) throw new Error(`detect/coco ${SET_MISSING}`);
  const photos: PhotoSet['photos'] = [];
  for (const { file, boxes } of (await answer.json()) as Annotated[]) {
    const picture = await createImageBitmap(await (await fetch(`/bench-shared/detect/coco/images/${file}`)).blob());
    for (const [i, { label, bbox, iscrowd }] of boxes.entries()) {
      const [left, top] = [Math.round(bbox[0]), Math.round(bbox[1])];
      const width = Math.min(picture.width - left, Math.round(bbox[2]));
      const height = Math.min(picture.height - top, Math.round(bbox[3]));
      if (iscrowd || Math.min(width, height) < LEAST_SIDE) continue;
      const canvas = new OffscreenCanvas(width, height);
      canvas.getContext('2d')?.drawImage(picture, left, top, width, height, 0, 0, width, height);
      photos.push({
        name: `${file}-${i}.png`,
        blob: await canvas.convertToBlob(),
        classIndex: groupOf(label),
      });
    }
    picture.close();
  }
  return { name: 'COCO crops', classes: CLASSES, photos };
}

function groupOf(label: string): number {
  const at = Object.values(GROUPS).findIndex((labels) => labels.includes(label));
  return at < 0 ? CLASSES.length - 1 : at;
}
