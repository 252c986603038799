import { Keyboard } from 'lucide-react';
import { useEffect, useState } from 'react';
import { BOX_KEYS } from '../features/find/editor/boxKeys.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/menu/Dialog.tsx';
import { type KeyLine, KeyList } from '../ui/KeyList.tsx';
import { isTyping } from '../ui/isTyping.ts';
import styles from './App.module.css';

interface KeyGroup {
  place: string;
  keys: readonly KeyLine[];
}

const KEYS: readonly KeyGroup[] = [
  {
    place: 'Everywhere',
    keys: [
      [['Tab'], 'to the next control'],
      [['Esc'], 'close what is open'],
      [['Ctrl or ⌘', 'V'], 'add the photo on the clipboard'],
      [['?'], 'this list'],
    ],
  },
  {
    place: 'List of photos',
    keys: [
      [['↑', '↓'], 'the photo before, the photo after'],
      [['Home', 'End'], 'the first, the last'],
      [['Enter'], 'open: go to the photo and its bins'],
      [['Delete'], 'remove from the list'],
    ],
  },
  {
    place: 'Bins',
    keys: [
      [['←', '↑', '↓', '→'], 'the next bin in that direction'],
      [['Enter'], 'keep the bin lit'],
      [['Esc'], 'let go of the bin'],
    ],
  },
  {
    place: 'Fine-tune',
    keys: [
      [['Ctrl', 'Z'], 'undo'],
      [['Ctrl', 'Shift', 'Z'], 'redo'],
      [['←', '↑', '↓', '→'], 'the next photo; with Shift, select up to it'],
      [['Space'], 'select the photo, or let go of it'],
      [['1', '…', '9'], 'move the photos to that class'],
      [['M'], 'move the photos to a class by name'],
      [['F2'], 'rename the class'],
      [['Alt', '↑', '↓'], 'move the class up or down'],
      [['Delete'], 'remove the photos or the class'],
    ],
  },
  { place: 'Boxes in Find', keys: BOX_KEYS },
  {
    place: 'Batch results',
    keys: [
      [['↑', '↓'], 'the row before, the row after; with Shift, select up to it'],
      [['Page Up', 'Page Down'], 'a page up or down'],
      [['Enter'], 'open the photo in Classify'],
      [['Space'], 'select the row, or let go of it'],
      [['Esc'], 'select none'],
    ],
  },
];

/** Lists the keys, on a click or on `?`. */
export function KeysButton() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === '?' && !isTyping(event.target)) setOpen(true);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <Button
        look="quiet"
        icon
        className={styles['open']}
        aria-label="Keys"
        title="Keys (?)"
        onClick={() => setOpen(true)}
      >
        <Keyboard size={16} aria-hidden />
      </Button>
      {open && (
        <Dialog title="Keys" onClose={() => setOpen(false)}>
          {KEYS.map(({ place, keys }) => (
            <section key={place} className={styles['group']}>
              <h3>{place}</h3>
              <KeyList keys={keys} />
            </section>
          ))}
        </Dialog>
      )}
    </>
  );
}
