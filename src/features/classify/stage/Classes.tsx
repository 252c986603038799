import type { Analysis } from '../../../core/model.ts';
import { headName, unknownBelow } from '../../../store/heads.ts';
import type { ImageRow } from '../../../store/images.ts';
import { useStore } from '../../../store/store.ts';
import { ClassBar } from '../../../ui/charts/ClassBars.tsx';
import { SaidLine } from '../../../ui/notes/SaidLine.tsx';
import { percent, visibleName } from '../../../ui/format.ts';
import { Note } from '../../../ui/notes/Note.tsx';
import styles from './Classes.module.css';
import { statusWords } from '../list/ImageRowItem.tsx';
import { LabelsProgress, LabelsUnavailable } from '../settings/Labels.tsx';

/** Height of a class, in CSS pixels. */
const CLASS_PX = 31;

/** The chosen image's best classes as bars, or what stands in their way. */
export function Classes({ row, loading }: { row: ImageRow; loading: boolean }) {
  const labels = useStore((state) => state.labels);
  const wantsLabels = useStore((state) => state.settings.head === 'imagenet');
  const heads = useStore((state) => state.heads);
  const { analysis } = row;
  const busy = loading || row.status === 'queued' || row.status === 'working';
  // Room for the answer before it comes: a trained head may have few classes, the others have a line on what they say.
  const room = useStore(({ settings: { head } }) =>
    typeof head === 'object'
      ? CLASS_PX * Math.min(5, heads.find(({ id }) => id === head.id)?.classes.length ?? 5)
      : CLASS_PX * 5 + 40,
  );
  const noLabels = wantsLabels && labels.status === 'unavailable' && !analysis?.head;
  return (
    <section className={styles['classes']} aria-labelledby="classes-title">
      <div className={styles['head']}>
        <h2 id="classes-title">Classes</h2>
        <span>
          {analysis?.head && <bdi>{visibleName(headName(analysis, heads) ?? '')}</bdi>}
          {analysis?.scales && `, mean of ${analysis.scales.length} sizes`}
        </span>
      </div>
      <div className={styles['body']} style={{ minHeight: room }} aria-busy={busy}>
        {row.status !== 'failed' && analysis && analysis.top.length > 0 && <Bars analysis={analysis} />}
        {row.status === 'failed' && <p>No classes.</p>}
        {!analysis && row.status !== 'failed' && (
          <div className={styles['waiting']}>
            {wantsLabels && labels.status === 'loading' ? (
              <LabelsProgress fraction={labels.fraction} />
            ) : (
              <p>{statusWords(row)}</p>
            )}
          </div>
        )}
        {analysis && wantsLabels && labels.status === 'loading' && !analysis.head && (
          <LabelsProgress fraction={labels.fraction} />
        )}
        {noLabels && <LabelsUnavailable reason={labels.reason} details={labels.details} />}
        {analysis && !wantsLabels && !analysis.head && <p className={styles['waiting']}>No classes are chosen.</p>}
        {!noLabels && analysis?.notices.map((text) => <Note key={text}>{text}</Note>)}
      </div>
    </section>
  );
}

function Bars({ analysis }: { analysis: Analysis }) {
  const heads = useStore((state) => state.heads);
  const threshold = unknownBelow(analysis, heads);
  const { measure, classIndex } = useStore((state) => state.pyramidView);
  const changePyramidView = useStore((state) => state.changePyramidView);
  const shown = measure === 'evidence' ? (classIndex ?? analysis.top[0]?.index) : null;
  return (
    <>
      {analysis.said && <SaidLine said={analysis.said} />}
      {threshold !== null && (
        <p>
          <strong>Unknown:</strong> it is less than {percent(threshold)} sure, the limit you set.
        </p>
      )}
      <ol>
        {analysis.top.map(({ index, label, score }) => (
          <li key={index}>
            <button
              type="button"
              className={styles['class']}
              aria-pressed={shown === index}
              title="Show what in the photo speaks for it"
              onClick={() =>
                changePyramidView(
                  shown === index ? { measure: 'strength' } : { measure: 'evidence', classIndex: index },
                )
              }
            >
              <ClassBar label={label} score={score} />
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}
