import { SET_MISSING, type PhotoSet } from './photoSet.ts';

/** datasets/flowers in order of class and file name. */
export async function flowerPhotos(): Promise<PhotoSet> {
  const classes = (await listed('')).filter((name) => !name.includes('.')).toSorted();
  const photos: PhotoSet['photos'] = [];
  for (const [classIndex, folder] of classes.entries()) {
    for (const name of (await listed(folder)).filter((file) => /\.jpe?g$/i.test(file)).toSorted()) {
      const blob = await (await fetch(`/bench-flowers/${folder}/${encodeURIComponent(name)}`)).blob();
      photos.push({ name, blob, classIndex });
    }
  }
  return { name: 'the flowers', classes, photos };
}

async function listed(folder: string): Promise<string[]> {
  const answer = await fetch(`/bench-flowers/${folder}`);
  if (!answer.ok) throw new Error(`datasets/flowers ${SET_MISSING}`);
  return (await answer.json()) as string[];
}
