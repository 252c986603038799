import { useEffect, useState } from 'react';
import { readHeader } from '../../../core/image-header/header.ts';
import type { Size } from '../../../core/model.ts';
import { fileOf } from '../../../client/files.ts';

/** Larger images wait for the engine, which shrinks them: drawn whole they would take the page's memory. */
const MOST_PIXELS = 40e6;
/** What an <img> shows in every browser. */
const SHOWN = new Set(['JPEG', 'PNG', 'GIF', 'WebP', 'AVIF', 'BMP']);

export interface FirstSight extends Size {
  url: string;
}

/** A photo as the browser shows it, before the engine has looked at it; null where that has to wait, and once it is not wanted. */
export function useFirstSight(id: string, wanted: boolean): FirstSight | null {
  const [sight, setSight] = useState<FirstSight | null>(null);
  useEffect(() => {
    const file = wanted ? fileOf(id) : undefined;
    if (!file) return;
    let gone = false;
    let url: string | null = null;
    readHeader(file, file.name).then(
      ({ format, width, height, orientation, rare }) => {
        if (gone || rare !== undefined || !SHOWN.has(format) || width * height > MOST_PIXELS) return;
        url = URL.createObjectURL(file);
        const turned = orientation >= 5;
        setSight({ url, width: turned ? height : width, height: turned ? width : height });
      },
      // What is wrong with it is told by its row.
      () => {},
    );
    return () => {
      gone = true;
      setSight(null);
      if (url) URL.revokeObjectURL(url);
    };
  }, [id, wanted]);
  return sight;
}
