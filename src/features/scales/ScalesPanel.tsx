import { DEFAULT_SCALES, describePolicy, PAPER_SCALES, planSize } from '../../core/size/sizing.ts';
import type { ImageFacts, MultiScaleResult } from '../../core/model.ts';
import { binCount } from '../../core/pyramid/geometry.ts';
import { headOf } from '../../client/trainedHeads.ts';
import { useStore } from '../../store/store.ts';
import { Button } from '../../ui/Button.tsx';
import { Fold } from '../../ui/Fold.tsx';
import { dimensions, percent, visibleName, scaleName } from '../../ui/format.ts';
import { Note } from '../../ui/notes/Note.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { ScalePyramids } from './ScalePyramids.tsx';
import styles from './ScalesPanel.module.css';
import { ScaleTable } from './ScaleTable.tsx';
import { sizeVerdict } from './sizeVerdict.ts';
import { type ScalesProgress, useScales } from './useScales.ts';

const COUNT = DEFAULT_SCALES.length;

/** One image at the paper's six sizes and its own, side by side, so that a person sees what size does. */
export function ScalesPanel({ id, facts }: { id: string; facts: ImageFacts }) {
  const { result, progress, error, start, cancel } = useScales(id);
  const best = result?.average[0];
  return (
    <section className={styles['panel']} aria-label="At several sizes">
      <Fold
        title="At several sizes"
        remember="scales"
        says={best ? `${visibleName(best.label)} ${percent(best.score)} on average` : '224 to 560 px and native'}
      >
        <div className={styles['body']}>
          {progress ? (
            <Running progress={progress} onCancel={cancel} />
          ) : (
            !result && (
              <div className={styles['start']}>
                <p>
                  Its classes and its pyramid at the six scales that SPP-net was tested at, shorter sides of{' '}
                  {PAPER_SCALES.join(', ')} px (it was trained at 224 and 180 px), and at its own size,{' '}
                  {dimensions(facts)} px: {COUNT} feature maps.
                </p>
                <Button onClick={start}>Compute {COUNT} sizes</Button>
              </div>
            )
          )}
          {error && (
            <Note tone="error" actions={<Button onClick={start}>Try again</Button>}>
              {error.message}
            </Note>
          )}
          {result && !progress && <Filled result={result} />}
        </div>
      </Fold>
    </section>
  );
}

function Running({ progress: { done, tile }, onCancel }: { progress: ScalesProgress; onCancel: () => void }) {
  const scale = DEFAULT_SCALES[done];
  const within = tile ? tile.done / tile.total : 0;
  return (
    <div className={styles['running']}>
      <span>
        Size {Math.min(done + 1, COUNT)} of {COUNT}
        {scale !== undefined && `: ${scaleName(scale)}`}
        {tile && `, tile ${Math.min(tile.done + 1, tile.total)} of ${tile.total}`}
      </span>
      <Button look="link" onClick={onCancel}>
        Cancel
      </Button>
      <ProgressBar label="Sizes computed" fraction={(done + within) / COUNT} />
    </div>
  );
}

function Filled({ result }: { result: MultiScaleResult }) {
  const { levels } = useStore((state) => state.settings.pyramid);
  const averaged = useStore((state) => state.settings.scales.length > 0);
  const changeSettings = useStore((state) => state.changeSettings);
  const verdict = sizeVerdict(result);
  const fits = result.scales.every(({ strengths }) => strengths.length === binCount(levels));
  return (
    <>
      {verdict ? <p>{verdict}</p> : <p>There are no classes to compare now: these are the pyramids alone.</p>}
      <ScaleTable scales={result.scales} average={result.average} />
      <WhichSide facts={result.facts} />
      {result.notices.map((text) => (
        <Note key={text}>{text}</Note>
      ))}
      {fits && <ScalePyramids scales={result.scales} levels={levels} />}
      {verdict && <LearnedAt result={result} />}
      {verdict && !averaged && (
        <div>
          <Button onClick={() => changeSettings({ scales: [...DEFAULT_SCALES] })}>
            Average these sizes for all photos
          </Button>
        </div>
      )}
    </>
  );
}

/** A number of pixels is a shorter side here, and the side of an area where the size is chosen. */
function WhichSide({ facts }: { facts: ImageFacts }) {
  const policy = useStore((state) => state.settings.policy);
  return (
    <p className={styles['aside']}>
      Sizes in px are shorter sides here.
      {policy.kind === 'area' &&
        ` The size chosen above, ${describePolicy(policy)}, is ${dimensions(planSize(facts, policy).input)} px for this photo.`}
    </p>
  );
}

/** At which size these classes are at home. Numbers: ARCHITECTURE.md, "Defaults". */
function LearnedAt({ result: { head } }: { result: MultiScaleResult }) {
  if (head && typeof head.choice === 'object') {
    const policy = headOf(head.choice.id)?.policy;
    return policy ? (
      <p className={styles['aside']}>These classes were learned from: {describePolicy(policy)}.</p>
    ) : null;
  }
  return (
    <p className={styles['aside']}>
      MobileNetV2 was trained near 224 px: at a shorter side of 560 px it is right less than half as often as at the
      default size. The average is of the probabilities, and gains up to 1 point of accuracy.
    </p>
  );
}
