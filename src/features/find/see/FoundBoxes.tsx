import { boxArea, type Box } from '../../../core/find/boxes.ts';
import type { Size } from '../../../core/model.ts';
import { inkOn } from '../../../ui/charts/palettes.ts';
import styles from './see.module.css';

/** A box over a photo. */
export interface DrawnFind {
  key: string;
  box: Box;
  colour: string;
  /** Over its upper edge; empty for none. */
  label: string;
  /** A true box, not a found one. */
  truth?: boolean;
  chosen?: boolean;
}

/** Black or white, whichever reads better on `#rrggbb`. */
function inkOnHex(colour: string): string {
  const part = (at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  return inkOn([part(1), part(3), part(5)]);
}

export interface FoundBoxesProps {
  /** Of the photo that the boxes' pixels are of; fills the box around it. */
  size: Size;
  boxes: readonly DrawnFind[];
  onChoose?: (key: string) => void;
}

/** Boxes over the displayed photo, small ones on top. For eyes and pointers: the keyboard's way to them is the list beside. */
export function FoundBoxes({ size, boxes, onChoose }: FoundBoxesProps) {
  const percent = (value: number, side: number) => `${(100 * value) / side}%`;
  const sorted = [...boxes].sort((a, b) => boxArea(b.box) - boxArea(a.box));
  return (
    <div className={styles['boxes']} aria-hidden>
      {sorted.map(({ key, box: [left, top, right, bottom], colour, label, truth, chosen }) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- the list beside has the keys
        <div
          key={key}
          className={styles['box']}
          data-truth={truth ?? false}
          data-chosen={chosen ?? false}
          data-low={top < 0.06 * size.height}
          style={{
            left: percent(left, size.width),
            top: percent(top, size.height),
            width: percent(right - left, size.width),
            height: percent(bottom - top, size.height),
            borderColor: colour,
            zIndex: chosen ? 1 : undefined,
            cursor: onChoose && !truth ? 'pointer' : undefined,
            pointerEvents: onChoose && !truth ? 'auto' : 'none',
          }}
          onClick={() => onChoose?.(key)}
        >
          {label !== '' && <span style={{ background: colour, color: inkOnHex(colour) }}>{label}</span>}
        </div>
      ))}
    </div>
  );
}
