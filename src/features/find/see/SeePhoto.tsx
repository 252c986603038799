import { ArrowLeft, ArrowRight } from 'lucide-react';
import { useState } from 'react';
import { fileOf } from '../../../client/files.ts';
import type { Find, FinderRun, WindowOnMap } from '../../../core/find/model.ts';
import { useAppState } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { CheckField } from '../../../ui/fields/CheckField.tsx';
import { useObjectUrl } from '../../../ui/files/useObjectUrl.ts';
import { milliseconds, plural, visibleName, wholePercent } from '../../../ui/format.ts';
import { Note } from '../../../ui/notes/Note.tsx';
import { BinLayer } from './BinLayer.tsx';
import { BoxReadout, evidenceScaleOf } from './BoxReadout.tsx';
import { classColours } from './classColours.ts';
import { type DrawnFind, FoundBoxes } from './FoundBoxes.tsx';
import { HeatLayer } from './HeatLayer.tsx';
import styles from './see.module.css';
import { sameFind, shownFinds, type Threshold } from './shownFinds.ts';
import { ThresholdField } from './ThresholdField.tsx';
import { useBoxEvidence } from './useBoxEvidence.ts';
import { useFinds } from './useFinds.ts';

export interface SeePhotoProps {
  run: FinderRun;
  threshold: Threshold;
  onThreshold: (threshold: Threshold) => void;
  /** The find that is looked at; it need not be one of this photo. */
  chosen: Find | null;
  onChoose: (find: Find | null) => void;
  look: Look;
  onLook: (look: Look) => void;
}

/** What stands over the photo. */
export interface Look {
  found: boolean;
  truth: boolean;
  heat: boolean;
}

const keyOf = ({ classIndex, score, box }: Find) => `${classIndex} ${score} ${box.join()}`;

/** The shown photo with what the run finds in it, and why. */
export function SeePhoto({ run, threshold, onThreshold, chosen, onChoose, look, onLook: setLook }: SeePhotoProps) {
  const { findOrder, findClasses, scenes, photos } = useAppState('findOrder', 'findClasses', 'scenes', 'photos');
  const { shownScene, showScene } = useAppState('shownScene', 'showScene');
  const [map, setMap] = useState<WindowOnMap['map']>('middle');
  const seen = useFinds(run, shownScene);
  const url = useObjectUrl((shownScene && fileOf(shownScene)) || null);
  const finds = seen.status === 'seen' ? shownFinds(seen.finds, run.finder, threshold) : [];
  const find = finds.find((one) => chosen && sameFind(one, chosen)) ?? null;
  const { evidence, problem } = useBoxEvidence(run.finder, shownScene, find);
  const photo = shownScene === null ? undefined : photos.get(shownScene);
  if (shownScene === null || !photo) return <p className={styles['quiet']}>Add photos to see what it finds in them.</p>;

  const size = seen.status === 'seen' ? seen.size : { width: photo.width || 4, height: photo.height || 3 };
  const colours = classColours(run.classes, findClasses);
  const names = new Map(findClasses.map(({ id, name }) => [id, name]));
  const truth = scenes.get(shownScene)?.boxes ?? [];
  const drawn: DrawnFind[] = [
    ...(look.truth
      ? truth.map(({ id, classId, box }) => ({
          key: id,
          box,
          colour: colours[run.classes.indexOf(names.get(classId) ?? '')] ?? '#585b60',
          label: '',
          truth: true,
        }))
      : []),
    ...(look.found
      ? finds.map((one) => ({
          key: keyOf(one),
          box: one.box,
          colour: colours[one.classIndex] ?? '#0072b2',
          label: `${visibleName(one.label)} ${wholePercent(one.probability)}`,
          chosen: one === find,
        }))
      : []),
  ];
  const at = findOrder.indexOf(shownScene);
  const go = (step: number) => {
    const next = findOrder[at + step];
    if (next === undefined) return;
    onChoose(null);
    showScene(next);
  };
  const shownMap = evidence?.maps.find((one) => one.map === map) ?? evidence?.maps[0];
  return (
    <section aria-label="What it finds" className={styles['see']}>
      <h3 className="visually-hidden">What it finds</h3>
      <div className={styles['stage']}>
        <div
          className={styles['frame']}
          style={{
            aspectRatio: `${size.width} / ${size.height}`,
            maxWidth: `calc(56dvh * ${size.width / size.height})`,
          }}
        >
          {url && <img src={url} alt={visibleName(photo.name)} draggable={false} />}
          {look.heat && <HeatLayer photoId={shownScene} size={size} />}
          {evidence && shownMap && look.found && (
            <BinLayer evidence={evidence} map={shownMap} photo={size} scale={evidenceScaleOf(evidence)} />
          )}
          <FoundBoxes
            size={size}
            boxes={drawn}
            onChoose={(key) => onChoose(finds.find((one) => keyOf(one) === key) ?? null)}
          />
        </div>
        <div className={styles['line']}>
          <Button icon={ArrowLeft} aria-label="Photo before" disabled={at <= 0} onClick={() => go(-1)} />
          <Button
            icon={ArrowRight}
            aria-label="Next photo"
            disabled={at >= findOrder.length - 1}
            onClick={() => go(1)}
          />
          <span>
            {at + 1} of {findOrder.length}
          </span>
          <span className={styles['name']}>{visibleName(photo.name)}</span>
        </div>
        <div className={styles['line']}>
          <CheckField label="Found" checked={look.found} onChange={(found) => setLook({ ...look, found })} />
          <CheckField label="True boxes" checked={look.truth} onChange={(on) => setLook({ ...look, truth: on })} />
          <CheckField label="Proposals as heat" checked={look.heat} onChange={(heat) => setLook({ ...look, heat })} />
        </div>
        <div className={styles['threshold']}>
          <ThresholdField finder={run.finder} threshold={threshold} onThreshold={onThreshold} />
          <Button disabled={threshold === null} onClick={() => onThreshold(null)}>
            {run.classes.length > 1 ? 'Best for each class' : 'Best'}
          </Button>
        </div>
      </div>
      <div className={styles['side']}>
        <p role="status">{statusWords(seen.status, finds.length)}</p>
        {seen.status === 'failed' && <Note tone="error">{seen.message}</Note>}
        {seen.status === 'seen' && (
          <p className={styles['quiet']}>{aboutPhoto(run, shownScene, seen.measured, seen.milliseconds)}</p>
        )}
        <ul className={styles['finds']} aria-label="Found boxes">
          {finds.map((one) => (
            <li key={keyOf(one)}>
              <button type="button" aria-pressed={one === find} onClick={() => onChoose(one === find ? null : one)}>
                <span style={{ background: colours[one.classIndex] }} />
                <bdi>{visibleName(one.label)}</bdi>
                <span>{wholePercent(one.probability)}</span>
              </button>
            </li>
          ))}
        </ul>
        {find && problem && <Note tone="error">{problem}</Note>}
        {find && !problem && seen.status === 'seen' && (
          <BoxReadout
            find={find}
            measured={seen.measured}
            evidence={evidence}
            map={shownMap?.map ?? map}
            onMap={setMap}
          />
        )}
        {!find && finds.length > 0 && <p className={styles['quiet']}>Choose a box to see why it is one.</p>}
      </div>
    </section>
  );
}

function statusWords(status: 'looking' | 'failed' | 'seen', count: number): string {
  if (status === 'looking') return 'Looking…';
  if (status === 'failed') return 'Nothing to show.';
  return count === 0 ? 'Nothing found from this threshold on.' : `${plural(count, 'box', 'boxes')} found`;
}

function aboutPhoto(run: FinderRun, id: string, measured: boolean, time: number | null): string {
  if (measured) return 'Kept aside: found before the finder had learned from this photo.';
  const took = time === null ? '' : ` Found in ${milliseconds(time)}.`;
  return `${run.train.includes(id) ? 'The finder has learned from this photo.' : 'New to the finder.'}${took}`;
}
