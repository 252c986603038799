import { CircleQuestionMark } from 'lucide-react';
import { Button } from '../../../ui/Button.tsx';
import styles from './BoxEditor.module.css';

const KEYS: readonly (readonly [names: readonly string[], does: string])[] = [
  [['drag'], 'draw a box'],
  [['click'], 'take the box that is proposed under the pointer'],
  [['[', ']'], 'the next smaller or larger proposal'],
  [['W'], 'draw over another box'],
  [['Enter'], 'a box in the middle; accept a suggestion'],
  [['Tab'], 'from box to box'],
  [['←', '↑', '↓', '→'], 'move the box by 1 px, with Shift by 10'],
  [['Alt', '←', '↑', '↓', '→'], 'resize it'],
  [['1', '…', '9'], 'the class of the box, and of the next one'],
  [['Del'], 'delete the box; reject a suggestion'],
  [['Esc'], 'let go of the box'],
  [['Ctrl', 'D'], 'copy to the next photo: the box, or all of them'],
  [['A', 'D'], 'the photo before, the photo after; also ← and → with no box selected'],
  [['Space'], 'this photo is complete'],
  [['Ctrl', 'Z'], 'undo; with Shift redo'],
  [['+', '−', '0'], 'zoom; the whole photo'],
  [['Space', 'drag'], 'push the photo; also the middle button or two fingers'],
];

/** The keys and gestures of the editor. */
export function EditorHelp() {
  return (
    <>
      <Button
        look="quiet"
        icon={CircleQuestionMark}
        aria-label="How to draw boxes"
        title="How to draw boxes"
        popoverTarget="box-keys"
      />
      <section id="box-keys" popover="auto" className={styles['help']} aria-label="How to draw boxes">
        <dl>
          {KEYS.map(([names, does]) => (
            <div key={does}>
              <dt>
                {names.map((name) => (
                  <kbd key={name}>{name}</kbd>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  );
}
