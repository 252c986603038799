import type { PyramidOptions, SizePlan } from '../../../core/model.ts';
import { Button } from '../../../ui/Button.tsx';
import { Note } from '../../../ui/Note.tsx';
import { ruleProblems } from './ruleProblems.ts';

export interface RuleNoticeProps {
  message: string;
  pyramid: PyramidOptions;
  /** The plan of the image that did not fit, where it is known. */
  plan: Pick<SizePlan, 'input'> | null;
  onUseAdaptive: () => void;
}

/** Says plainly that the rule chosen does not give n bins here, which sizes work, and offers the rule that fits any size. */
export function RuleNotice({ message, pyramid, plan, onUseAdaptive }: RuleNoticeProps) {
  const problems = plan ? ruleProblems(plan.input, pyramid.levels, pyramid.rule) : [];
  return (
    <Note
      tone="warn"
      actions={
        <Button look="primary" onClick={onUseAdaptive}>
          Use adaptive
        </Button>
      }
    >
      {problems.length > 0 ? (
        <>
          <p>The {pyramid.rule} rule does not fit this size. Nothing is padded or guessed, so there is no vector.</p>
          <ul>
            {problems.map(({ side, cells, level, bins, pixels }) => (
              <li key={`${side} ${level}`}>
                The {side} is {cells} {cells === 1 ? 'cell' : 'cells'}, where n = {level} gives {bins}{' '}
                {bins === 1 ? 'bin' : 'bins'}. Input {side}s that work near it:{' '}
                {pixels.map(({ from, to }) => `${from}–${to}`).join(' or ')} px.
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p>{message.charAt(0).toUpperCase() + message.slice(1)} cells (1 cell is 32 px).</p>
      )}
    </Note>
  );
}
