export interface Sample {
  file: string;
  width: number;
  height: number;
  alt: string;
}

/** The sample photos of public/samples (see its NOTICE.txt): three shapes. */
export const SAMPLES: readonly Sample[] = [
  { file: 'french-alpine-landscape', width: 1024, height: 484, alt: 'Alps behind firs, wide' },
  { file: 'nagasaki-boats', width: 1024, height: 819, alt: 'Boats at a shore, landscape' },
  { file: 'allium-oreophilum', width: 807, height: 1024, alt: 'A flower, portrait' },
];

/** Where a sample lies; `small` is its 240 px high likeness for the empty page. */
export function sampleUrl({ file }: Sample, small = false): string {
  return `${import.meta.env.BASE_URL}samples/${file}${small ? '.small' : ''}.jpg`;
}

export async function fetchSample(sample: Sample): Promise<File> {
  const response = await fetch(sampleUrl(sample));
  if (!response.ok)
    throw new Error(`The sample photo could not be fetched (${response.status}). Add a photo of your own.`);
  return new File([await response.blob()], `${sample.file}.jpg`, { type: 'image/jpeg' });
}
