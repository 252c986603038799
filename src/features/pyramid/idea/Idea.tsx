import { Pause, Play } from 'lucide-react';
import { type CSSProperties, Suspense, useEffect, useState } from 'react';
import { messageOf } from '../../../core/errors.ts';
import type { Inspection } from '../../../core/model.ts';
import { Button } from '../../../ui/Button.tsx';
import { dimensions } from '../../../ui/format.ts';
import { lazyAgain } from '../../../ui/lazyAgain.tsx';
import { Note } from '../../../ui/notes/Note.tsx';
import { useMediaQuery } from '../../../ui/hooks/useMediaQuery.ts';
import styles from './Idea.module.css';
import { fetchSample, type Sample, SAMPLES, sampleUrl } from './samples.ts';
import { useSampleInspections } from './useSampleInspections.ts';

// Comes after the first paint, like the engine that it waits for.
const IdeaPyramid = lazyAgain<{ inspection: Inspection; step: number }>(() =>
  import('./IdeaPyramid.tsx').then((module) => ({ default: module.IdeaPyramid })),
);

const STEPS = ['A photo', 'Its own grid', '21 bins', 'The same 26,880 numbers'] as const;
const LAST = STEPS.length - 1;
const STEP_MS = 1800;

/** Which step is shown: one after the other, slowly, the last one longest; the last without motion. */
function useSteps(going: boolean): [number, (step: number) => void] {
  const [step, setStep] = useState(0);
  useEffect(() => {
    if (!going) return;
    const timer = setTimeout(() => setStep((step + 1) % STEPS.length), step === LAST ? STEP_MS * 2 : STEP_MS);
    return () => clearTimeout(timer);
  }, [going, step]);
  return [step, setStep];
}

export interface IdeaProps {
  /** A sample was chosen. */
  onOpen: (file: File) => void;
  onHow: () => void;
}

/** What spatial pyramid pooling does, on three photos of three shapes, computed live; each photo can be taken into the app. */
export function Idea({ onOpen, onHow }: IdeaProps) {
  const still = useMediaQuery('(prefers-reduced-motion: reduce)');
  const inspections = useSampleInspections(SAMPLES);
  const live = inspections.every((inspection) => inspection !== null);
  const [stopped, setStopped] = useState(false);
  const going = live && !still && !stopped;
  const [moving, setStep] = useSteps(going);
  const step = still ? LAST : moving;
  const [problem, setProblem] = useState<string | null>(null);
  const open = (sample: Sample) => {
    fetchSample(sample).then(onOpen, (error: unknown) => setProblem(messageOf(error)));
  };
  return (
    <div className={styles['idea']}>
      <ul className={styles['photos']}>
        {SAMPLES.map((sample, i) => (
          <SamplePhoto
            key={sample.file}
            sample={sample}
            inspection={inspections[i] ?? null}
            step={step}
            onOpen={() => open(sample)}
          />
        ))}
      </ul>
      <div className={styles['steps']}>
        {STEPS.map((name, i) => (
          <button
            key={name}
            type="button"
            aria-pressed={i === step}
            disabled={!live}
            onClick={() => {
              setStopped(true);
              setStep(i);
            }}
          >
            {name}
          </button>
        ))}
        {!still && (
          <Button
            look="quiet"
            icon
            disabled={!live}
            aria-label={stopped ? 'Play' : 'Stop'}
            title={stopped ? 'Play' : 'Stop'}
            onClick={() => setStopped(!stopped)}
          >
            {stopped ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
          </Button>
        )}
      </div>
      <p className={styles['student']}>
        Spatial pyramid pooling turns a photo’s own grid of features, of any shape, into one vector of one length.{' '}
        <Button look="link" onClick={onHow}>
          How it works
        </Button>
      </p>
      {problem && (
        <Note tone="error" onDismiss={() => setProblem(null)}>
          {problem}
        </Note>
      )}
    </div>
  );
}

interface SamplePhotoProps {
  sample: Sample;
  inspection: Inspection | null;
  step: number;
  onOpen: () => void;
}

function SamplePhoto({ sample, inspection, step, onOpen }: SamplePhotoProps) {
  return (
    <li style={{ '--aspect': sample.width / sample.height } as CSSProperties}>
      <div className={styles['place']}>
        <button type="button" className={styles['photo']} onClick={onOpen} title="Take this photo">
          <img src={sampleUrl(sample)} alt={sample.alt} width={sample.width} height={sample.height} />
          {inspection && (
            <>
              <Cells inspection={inspection} shown={step === 1} />
              <Quarters shown={step >= 2} />
            </>
          )}
        </button>
      </div>
      <p className={styles['size']}>
        {step === 0 || !inspection ? `${dimensions(sample)} px` : `${dimensions(inspection.map)} cells`}
      </p>
      <div className={styles['below']}>
        {inspection && (
          <Suspense>
            <IdeaPyramid inspection={inspection} step={step} />
          </Suspense>
        )}
      </div>
    </li>
  );
}

/** The cells of the photo's feature map, in their places. */
function Cells({ inspection: { map, plan }, shown }: { inspection: Inspection; shown: boolean }) {
  const { width, height } = plan.input;
  const lines = [
    ...Array.from({ length: map.width - 1 }, (_, i) => `M${(i + 1) * 32} 0v${height}`),
    ...Array.from({ length: map.height - 1 }, (_, i) => `M0 ${(i + 1) * 32}h${width}`),
  ].join('');
  return <Lines viewBox={`0 0 ${width} ${height}`} lines={lines} shown={shown} />;
}

/** The 4×4 bins over the photo. */
function Quarters({ shown }: { shown: boolean }) {
  return <Lines viewBox="0 0 4 4" lines="M1 0v4M2 0v4M3 0v4M0 1h4M0 2h4M0 3h4" shown={shown} />;
}

function Lines({ viewBox, lines, shown }: { viewBox: string; lines: string; shown: boolean }) {
  return (
    <svg className={styles['lines']} data-shown={shown} viewBox={viewBox} preserveAspectRatio="none" aria-hidden>
      <path className={styles['under']} d={lines} />
      <path className={styles['over']} d={lines} />
    </svg>
  );
}
