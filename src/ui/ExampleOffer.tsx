import { Shapes } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { messageOf } from '../core/errors.ts';
import { Button } from './Button.tsx';
import styles from './ExampleOffer.module.css';
import { Note } from './notes/Note.tsx';

export interface ExampleOfferProps {
  /** Two of its photos, as shapes of an `svg` of 168 × 56; what stands out has the class that {@link exampleMarks} names. */
  picture: ReactNode;
  /** What it shows. */
  children: ReactNode;
  start: () => Promise<unknown>;
}

/** Marks in the picture of an example: filled shapes, or boxes around them. */
export const exampleMarks = { thing: styles['thing'], other: styles['other'], around: styles['around'] };

/** The built-in example of an empty tab, one click away; what went wrong with it stands below. */
export function ExampleOffer({ picture, children, start }: ExampleOfferProps) {
  const [drawing, setDrawing] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const begin = () => {
    setDrawing(true);
    setProblem(null);
    start()
      .catch((error: unknown) => setProblem(messageOf(error)))
      .finally(() => setDrawing(false));
  };
  return (
    <div className={styles['example']}>
      <svg className={styles['picture']} viewBox="0 0 168 56" aria-hidden>
        {picture}
      </svg>
      <Button icon={Shapes} disabled={drawing} onClick={begin}>
        {drawing ? 'Drawing…' : 'Try the built-in example'}
      </Button>
      <p className={styles['says']}>{children}</p>
      {problem && (
        <Note tone="error" onDismiss={() => setProblem(null)}>
          {problem}
        </Note>
      )}
    </div>
  );
}
