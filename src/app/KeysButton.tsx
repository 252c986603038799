import { Keyboard } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { KEYS } from './keys.ts';
import { isTyping } from '../ui/isTyping.ts';
import styles from './App.module.css';

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
              <dl className={styles['keys']}>
                {keys.map(([names, does]) => (
                  <div key={does} style={{ display: 'contents' }}>
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
          ))}
        </Dialog>
      )}
    </>
  );
}
