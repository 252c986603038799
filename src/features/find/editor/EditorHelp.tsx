import { CircleQuestionMark } from 'lucide-react';
import { Button } from '../../../ui/Button.tsx';
import { KeyList } from '../../../ui/KeyList.tsx';
import { BOX_KEYS } from './boxKeys.ts';
import styles from './BoxEditor.module.css';

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
        <KeyList keys={BOX_KEYS} />
      </section>
    </>
  );
}
