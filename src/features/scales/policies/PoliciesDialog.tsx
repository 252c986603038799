import { useEffect, useState } from 'react';
import { engine } from '../../../client/engineClient.ts';
import { imageOf } from '../../../client/files.ts';
import { messageOf } from '../../../core/errors.ts';
import type { Analysis, ImageFacts } from '../../../core/model.ts';
import { nextName } from '../../../core/nextName.ts';
import { POLICIES, type SizePolicyKind } from '../../../core/size/policies/policies.ts';
import { planSize, samePolicy, toPolicy } from '../../../core/size/sizing.ts';
import { analyseOptions } from '../../../store/analyseOptions.ts';
import { useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/menu/Dialog.tsx';
import { dimensions, visibleName, wholePercent } from '../../../ui/format.ts';
import { useObjectUrl } from '../../../ui/files/useObjectUrl.ts';
import styles from './Policies.module.css';
import { seenAs } from './seen.ts';

type Answers = Partial<Record<SizePolicyKind, Analysis | string>>;

/** The photo's answer under each size policy, one after the other; a text where it has none. */
function useAnswers(id: string): Answers {
  const settings = useStore((state) => state.settings);
  const [answers, setAnswers] = useState<Answers>({});
  useEffect(() => {
    let gone = false;
    const task = nextName('policies');
    const ask = async (): Promise<void> => {
      const image = await imageOf(id);
      for (const { kind } of POLICIES) {
        if (gone) return;
        const options = {
          ...analyseOptions({ ...settings, policy: toPolicy(kind), scales: [] }),
          pyramid: { ...settings.pyramid, rule: 'adaptive' as const },
        };
        const answer = await engine.analyse(task, image, options).catch(messageOf);
        if (!gone) setAnswers((before) => ({ ...before, [kind]: answer }));
      }
    };
    ask().catch(() => {});
    return () => {
      gone = true;
      engine.cancel(task).catch(() => {});
    };
  }, [id, settings]);
  return answers;
}

export interface PoliciesDialogProps {
  id: string;
  facts: ImageFacts;
  /** The whole photo, upright. */
  preview: Blob;
  onClose: () => void;
}

/** One photo under all size policies side by side: what the network sees of it, and what it answers. */
export function PoliciesDialog({ id, facts, preview, onClose }: PoliciesDialogProps) {
  const answers = useAnswers(id);
  const url = useObjectUrl(preview);
  const chosen = useStore((state) => state.settings.policy);
  const changeSettings = useStore((state) => state.changeSettings);
  return (
    <Dialog title="What the network sees" onClose={onClose}>
      <ul className={styles['policies']}>
        {POLICIES.map(({ kind, label }) => {
          const policy = toPolicy(kind);
          const plan = planSize(facts, policy);
          const answer = answers[kind];
          const { x, y, width, height } = plan.source;
          return (
            <li key={kind}>
              <div className={styles['place']}>
                <svg
                  viewBox={`0 0 ${plan.input.width} ${plan.input.height}`}
                  style={{ aspectRatio: `${plan.input.width} / ${plan.input.height}` }}
                  role="img"
                  aria-label={`${label}: ${seenAs(facts, plan)}`}
                >
                  <svg
                    width={plan.input.width}
                    height={plan.input.height}
                    viewBox={`${x} ${y} ${width} ${height}`}
                    preserveAspectRatio="none"
                  >
                    {url && <image href={url} width={facts.width} height={facts.height} preserveAspectRatio="none" />}
                  </svg>
                </svg>
              </div>
              <h3>{label}</h3>
              <p>
                {seenAs(facts, plan)} · {dimensions(plan.input)} px
              </p>
              <p className={styles['answer']}>
                <Answer answer={answer} />
              </p>
              {samePolicy(policy, chosen) ? (
                <p>in use</p>
              ) : (
                <Button
                  look="link"
                  onClick={() => {
                    changeSettings({ policy });
                    onClose();
                  }}
                >
                  Use this
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}

function Answer({ answer }: { answer: Analysis | string | undefined }) {
  if (answer === undefined) return <span>…</span>;
  if (typeof answer === 'string') return <span>{answer}</span>;
  const [best] = answer.top;
  if (!best) return <span>{dimensions(answer.map)} cells</span>;
  return (
    <>
      <bdi>{visibleName(best.label.split(',')[0] ?? '')}</bdi> <span>{wholePercent(best.score)}</span>
    </>
  );
}
