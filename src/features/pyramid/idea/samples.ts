export interface Sample {
  file: string;
  width: number;
  height: number;
  alt: string;
}

/** The sample photos of public/samples (see its NOTICE.txt): a wide, a tall and a square one. */
export const SAMPLES: readonly [Sample, Sample, Sample] = [
  { file: 'cat', width: 451, height: 300, alt: 'A cat, wide' },
  { file: 'rocket', width: 240, height: 427, alt: 'A rocket, tall' },
  { file: 'coffee', width: 400, height: 400, alt: 'A cup of coffee, square' },
];

/** Where a sample lies. */
export function sampleUrl({ file }: Sample): string {
  return `${import.meta.env.BASE_URL}samples/${file}.jpg`;
}

export async function fetchSample(sample: Sample): Promise<File> {
  const response = await fetch(sampleUrl(sample));
  if (!response.ok)
    throw new Error(`The sample photo could not be fetched (${response.status}). Add a photo of your own.`);
  return new File([await response.blob()], `${sample.file}.jpg`, { type: 'image/jpeg' });
}
