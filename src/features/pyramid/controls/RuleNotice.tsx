import type { Inspection, PyramidOptions, SizePolicy } from '../../../core/model.ts';
import { policyTitle } from '../../../core/size/sizing.ts';
import { Button } from '../../../ui/Button.tsx';
import { Note } from '../../../ui/notes/Note.tsx';
import { nearestSize } from './nearestSize.ts';
import { ruleProblems } from './ruleProblems.ts';

export interface RuleNoticeProps {
  message: string;
  pyramid: PyramidOptions;
  /** The image that did not fit, where it is known. */
  image: Pick<Inspection, 'plan' | 'facts'> | null;
  onUseAdaptive: () => void;
  onSize: (policy: SizePolicy) => void;
}

/** Says plainly that the rule chosen does not give n bins here, which sizes work, and offers one of those, or the rule that fits any size. */
export function RuleNotice({ message, pyramid, image, onUseAdaptive, onSize }: RuleNoticeProps) {
  const problems = image ? ruleProblems(image.plan.input, pyramid.levels, pyramid.rule) : [];
  const near = image && nearestSize(image.facts, image.plan.policy, pyramid.levels, pyramid.rule);
  return (
    <Note
      tone="warn"
      actions={
        <>
          {near && (
            <Button look="primary" title={policyTitle(near)} onClick={() => onSize(near)}>
              Use the nearest size that fits
            </Button>
          )}
          <Button look={near ? 'plain' : 'primary'} onClick={onUseAdaptive}>
            Use adaptive
          </Button>
        </>
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
