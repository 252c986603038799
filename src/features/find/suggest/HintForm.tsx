import { Lightbulb } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { engine } from '../../../client/engineClient.ts';
import { imageOf } from '../../../client/files.ts';
import { messageOf } from '../../../core/errors.ts';
import type { HeadChoice } from '../../../core/model.ts';
import { nextName } from '../../../core/nextName.ts';
import { useAppState, useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { visibleName, wholePercent } from '../../../ui/format.ts';
import { classNamed } from './classNamed.ts';
import styles from './suggest.module.css';

const BUILT_IN = 'everyday';

/** The classes of a head, once they are known; why there are none, where there are none. */
function useHintClasses(choice: string): { classes: readonly string[]; problem: string | null } {
  const [found, setFound] = useState<{ choice: string; classes: string[]; problem: string | null } | null>(null);
  useEffect(() => {
    let left = false;
    engine
      .hintClasses(headOf(choice))
      .then((classes) => !left && setFound({ choice, classes, problem: null }))
      .catch((error: unknown) => !left && setFound({ choice, classes: [], problem: messageOf(error) }));
    return () => {
      left = true;
    };
  }, [choice]);
  return found?.choice === choice ? found : { classes: [], problem: null };
}

const headOf = (choice: string): HeadChoice => (choice === BUILT_IN ? BUILT_IN : { id: choice });

/** Without a finder: a classifier is asked for the window where a class seems to be. Said to be a hint: a classifier knows whole photos. */
export function HintForm({ photoId }: { photoId: string }) {
  const { findClasses, findClass, heads } = useAppState('findClasses', 'findClass', 'heads');
  const [open, setOpen] = useState(false);
  const active = findClasses.find(({ id }) => id === findClass)?.name ?? '';
  if (open) return <Asking photoId={photoId} wanted={active} heads={heads} />;
  return (
    <Button icon={Lightbulb} look="quiet" onClick={() => setOpen(true)}>
      Hint: where might it be?
    </Button>
  );
}

interface AskingProps {
  photoId: string;
  /** The class that the next box gets. */
  wanted: string;
  heads: readonly { id: string; name: string }[];
}

function Asking({ photoId, wanted, heads }: AskingProps) {
  const [choice, setChoice] = useState<string>(BUILT_IN);
  const [text, setText] = useState(wanted);
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState({ photoId, text: '' });
  const said = told.photoId === photoId ? told.text : '';
  const setSaid = (text: string) => setTold({ photoId, text });
  const { classes, problem } = useHintClasses(choice);
  const listId = useId();
  const index = classNamed(classes, text);
  const ask = async () => {
    setBusy(true);
    setSaid('');
    try {
      const hint = await engine.hint(nextName('hint'), await imageOf(photoId), headOf(choice), index);
      const { addFindClass, findClass, suggestions, setSuggestions } = useStore.getState();
      const classId = findClass ?? addFindClass(classes[index] ?? text);
      if (classId === null) return;
      const own = { id: nextName('box'), classId, box: hint.box, probability: hint.probability };
      setSuggestions(new Map([...suggestions, [photoId, [own]]]));
      setSaid(
        `Only a hint, right about one time in three: the best of ${hint.windows} windows, ${wholePercent(hint.probability)} sure. Accept it, fix it or reject it.`,
      );
    } catch (error) {
      setSaid(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={styles['hint']}>
      <label>
        Where might{' '}
        <input
          type="text"
          list={listId}
          value={text}
          placeholder="a class, as raccoon"
          aria-label="Class to be hinted at"
          onChange={({ target }) => setText(target.value)}
        />{' '}
        be?
      </label>
      <datalist id={listId}>
        {text.length > 0 &&
          suggestionsFor(classes, text).map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
      </datalist>
      <select aria-label="Asked of" value={choice} onChange={({ target }) => setChoice(target.value)}>
        <option value={BUILT_IN}>Built-in classes</option>
        {heads.map(({ id, name }) => (
          <option key={id} value={id}>
            {visibleName(name)}
          </option>
        ))}
      </select>
      <Button icon={Lightbulb} disabled={busy || index < 0} onClick={() => void ask()}>
        {busy ? 'Looking…' : 'Hint'}
      </Button>
      <p role="status">
        {said ||
          problem ||
          (text !== '' && index < 0 && classes.length > 0
            ? `It knows no “${visibleName(text)}”. Choose one of its classes, or another classifier.`
            : '')}
      </p>
    </div>
  );
}

/** The first names that hold the text: a list of a thousand holds up typing. */
function suggestionsFor(classes: readonly string[], text: string): string[] {
  const wanted = text.toLowerCase();
  return [...new Set(classes.filter((name) => name.toLowerCase().includes(wanted)))].slice(0, 20);
}
