import type { TileProgress } from '../../../core/model.ts';
import { Button } from '../../../ui/Button.tsx';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import styles from './Stage.module.css';

/** "Tile 7 of 24", of the one being computed, counted from 1. */
export function tileWords({ done, total }: TileProgress): string {
  return `Tile ${Math.min(done + 1, total)} of ${total}`;
}

export interface TileStatusProps {
  tile: TileProgress;
  /** What the tiles are computed for, where the classes stand already. */
  purpose?: string | undefined;
  onCancel: () => void;
}

/** How far the tiles of the image above are, and the way to stop after the one being computed. */
export function TileStatus({ tile, purpose, onCancel }: TileStatusProps) {
  return (
    <div className={styles['tiles']}>
      <span>
        {tileWords(tile)}
        {purpose && `, ${purpose}`}
      </span>
      <ProgressBar label="Tiles computed" fraction={tile.done / tile.total} />
      <Button look="link" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}
