import type { CSSProperties, ReactNode } from 'react';
import type { Inspection } from '../../core/model.ts';
import { useObjectUrl } from '../../ui/files/useObjectUrl.ts';
import styles from './PinnedPhoto.module.css';

export interface PinnedPhotoProps {
  inspection: Inspection;
  /** What lies over the photo. */
  overlay: ReactNode;
  children: ReactNode;
}

/** On a phone, the photo in small over the pyramid that is read below it: a bin that is tapped is seen in the photo. */
export function PinnedPhoto({ inspection, overlay, children }: PinnedPhotoProps) {
  const url = useObjectUrl(inspection.preview);
  const { width, height } = inspection.facts;
  return (
    <div className={styles['strip']} data-pinned-photo>
      <div className={styles['photo']} style={{ '--aspect': width / height } as CSSProperties} inert>
        {url && <img src={url} alt="" />}
        {overlay}
      </div>
      <div className={styles['said']}>{children}</div>
    </div>
  );
}
