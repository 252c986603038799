import { SET_MISSING, type PhotoSet } from './photoSet.ts';

interface Annotated {
  file: string;
  boxes: { label: string; bbox: [x: number, y: number, width: number, height: number]; iscrowd: 0 | 1 }[];
}

/** Narrower boxes show too little to be called a photo of anything. */
const LEAST_SIDE = 32;
const CLASSES = ['person', 'something else'];

/** The boxes of detect/coco, cut out: the person or something else. 38 photos, so crops of one photo stand on both sides of a split. */
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
        classIndex: label === 'person' ? 0 : 1,
      });
    }
    picture.close();
  }
  return { name: 'COCO crops', classes: CLASSES, photos };
}
