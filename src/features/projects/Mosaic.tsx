import { useEffect, useState } from 'react';
import { storage } from '../../storage/storageClient.ts';
import styles from './projects.module.css';

/** Object URLs of the thumbnails of some photos, revoked when they change or the part goes. */
function useThumbnails(project: string, photos: readonly number[]): readonly string[] {
  const [urls, setUrls] = useState<readonly string[]>([]);
  const wanted = photos.join();
  useEffect(() => {
    let gone = false;
    let made: string[] = [];
    const ids = wanted === '' ? [] : wanted.split(',').map(Number);
    storage
      .photoParts(
        project,
        ids.map((id) => ({ id, file: null })),
      )
      .then(
        (parts) => {
          if (gone) return;
          made = parts.flatMap(({ thumbnail }) => (thumbnail ? [URL.createObjectURL(thumbnail)] : []));
          setUrls(made);
        },
        // Pictures only: the card says what there is.
        () => {},
      );
    return () => {
      gone = true;
      for (const url of made) URL.revokeObjectURL(url);
    };
  }, [project, wanted]);
  return urls;
}

/** A project at a glance: some of its photos, in as many squares whether they are there or not. */
export function Mosaic({ project, photos }: { project: string; photos: readonly number[] }) {
  const urls = useThumbnails(project, photos);
  return urls.map((url) => <img key={url} src={url} alt="" className={styles['tile']} />);
}
