import { answerWords, type PlainAnswer } from '../../core/labels/plainAnswer.ts';
import { percent } from '../format.ts';
import styles from './SaidLine.module.css';

/** The answer in words, as much as the probabilities bear: a name, a kind of thing, or that it is not sure; the percentages stand elsewhere. */
export function SaidLine({ said }: { said: PlainAnswer }) {
  return (
    <p className={styles['said']} data-said={said.kind}>
      <strong>{answerWords(said)}</strong>
      {said.kind !== 'unsure' && <span>{percent(said.probability)}</span>}
    </p>
  );
}
