import { Pin, PinOff } from 'lucide-react';
import { useMemo } from 'react';
import type { Inspection, PyramidOptions } from '../../engine/protocol.ts';
import type { PyramidView } from '../../store/view.ts';
import { Button } from '../../ui/Button.tsx';
import { FileName } from '../../ui/FileName.tsx';
import { count } from '../../ui/format.ts';
import { Legend } from '../../ui/Legend.tsx';
import { Note } from '../../ui/Note.tsx';
import { sequential } from '../../ui/palettes.ts';
import { BinReadout } from './BinReadout.tsx';
import { BinTable } from './BinTable.tsx';
import { CellEvidence } from './CellEvidence.tsx';
import { EmptyFigure } from './EmptyFigure.tsx';
import { Explanation } from './Explanation.tsx';
import { MeasurePicker } from './MeasurePicker.tsx';
import { cosine } from './measures.ts';
import { PanelExports } from './PanelExports.tsx';
import {
  activeBin,
  binName,
  isPerCell,
  measureLabel,
  type PanelModel,
  panelModel,
  scaleOf,
  valueText,
  vectorMax,
} from './panelModel.ts';
import { PaperRuleNotice } from './PaperRuleNotice.tsx';
import { PyramidControls } from './PyramidControls.tsx';
import { PyramidFigure } from './PyramidFigure.tsx';
import styles from './PyramidPanel.module.css';

/** An inspected image and what to call it. */
export interface NamedInspection {
  name: string;
  inspection: Inspection;
}

export interface PyramidPanelProps {
  /** The image that is looked at; null before there is one. */
  image: NamedInspection | null;
  /** A second image to compare with; null for none. */
  pinned: NamedInspection | null;
  view: PyramidView;
  /** The pyramid asked for; the images may still hold an older one. */
  pyramid: PyramidOptions;
  /** Why the image could not be inspected; `PaperRuleError` gets its own notice. */
  error: { name: string; message: string } | null;
  onView: (changes: Partial<PyramidView>) => void;
  onPyramid: (changes: Partial<PyramidOptions>) => void;
  /** Keeps the image to compare others with it. */
  onPin: () => void;
  onUnpin: () => void;
}

/** What every bin of every level holds, and how the bins of an image of any size become one vector of one length. */
export function PyramidPanel(props: PyramidPanelProps) {
  const { image, pinned, view, pyramid, error, onView, onPyramid, onPin, onUnpin } = props;
  const { measure, channel, classIndex } = view;
  const first = useMemo(
    () => image && panelModel(image.name, image.inspection, { measure, channel, classIndex }),
    [image, measure, channel, classIndex],
  );
  const second = useMemo(() => {
    if (!pinned || !first || pinned.inspection === image?.inspection) return null;
    // The same class for both, also where it is not among the pinned image's best.
    return panelModel(pinned.name, pinned.inspection, {
      measure,
      channel,
      classIndex: first.evidence?.index ?? classIndex,
    });
  }, [pinned, first, image, measure, channel, classIndex]);

  return (
    <section className={styles['panel']} aria-label="Pyramid">
      <header className={styles['head']}>
        <h2>Pyramid</h2>
        {pinned ? (
          <Button look="quiet" onClick={onUnpin}>
            <PinOff size={14} aria-hidden /> Unpin
          </Button>
        ) : (
          <Button
            look="quiet"
            onClick={onPin}
            disabled={!image}
            title="Keep this image here and compare the next one with it"
          >
            <Pin size={14} aria-hidden /> Pin to compare
          </Button>
        )}
      </header>
      <PyramidControls pyramid={pyramid} onPyramid={onPyramid} />
      {error?.name === 'PaperRuleError' && (
        <PaperRuleNotice
          message={error.message}
          levels={pyramid.levels}
          plan={image?.inspection.plan ?? null}
          onUseAdaptive={() => onPyramid({ rule: 'adaptive' })}
        />
      )}
      {error && error.name !== 'PaperRuleError' && <Note tone="error">{error.message}</Note>}
      {!error &&
        (first ? (
          <Filled {...props} first={first} second={second} onView={onView} />
        ) : (
          <EmptyFigure levels={pyramid.levels} />
        ))}
      <Explanation channels={first?.channels ?? 1280} />
    </section>
  );
}

type FilledProps = PyramidPanelProps & { first: PanelModel; second: PanelModel | null };

function Filled({ first, second, pinned, image, view, onView }: FilledProps) {
  const comparable =
    second !== null &&
    second.inspection.vector.length === first.inspection.vector.length &&
    second.offsets.join() === first.offsets.join();
  const models = useMemo(
    (): readonly [PanelModel] | readonly [PanelModel, PanelModel] => (second && comparable ? [first, second] : [first]),
    [first, second, comparable],
  );
  const scale = useMemo(() => scaleOf(models), [models]);
  const stripScale = useMemo(() => sequential(0, Math.max(vectorMax(models), 1e-6)), [models]);
  const similarity = useMemo(
    () => (models[1] ? cosine(models[0].inspection.vector, models[1].inspection.vector) : null),
    [models],
  );
  const perCell = isPerCell(first);
  const signed = first.measure === 'evidence';
  const kept = view.bin === null ? null : first.bins[view.bin];
  const { map, pyramid } = first.inspection;
  const finest = Math.max(...pyramid.levels);
  const spoken = kept
    ? `${binName(first, kept)}: ${valueText(first.values[kept.index] ?? 0, signed)}, rank ${first.rankInLevel[kept.index]} in its level`
    : '';

  return (
    <>
      <MeasurePicker model={first} view={view} onView={onView} />
      <SizeLine model={first} />
      {perCell ? (
        <CellEvidence models={models} view={view} scale={scale} onView={onView} />
      ) : (
        <PyramidFigure models={models} view={view} scale={scale} stripScale={stripScale} onView={onView} />
      )}
      {models[1] && <SizeLine model={models[1]} />}
      {models[1] && (
        <p className={styles['similar']}>
          Same length, whatever the shape. Cosine similarity of the two vectors:{' '}
          <strong>{similarity === null ? 'none, one is all zeros' : similarity.toFixed(3)}</strong>
        </p>
      )}
      {pinned && !second && pinned.inspection === image?.inspection && (
        <p className={styles['similar']}>Pinned. Choose another image to compare it with this one.</p>
      )}
      {second && !comparable && (
        <Note>
          The pinned image was pooled with another pyramid, so the two vectors have different lengths. Pin an image
          again to compare.
        </Note>
      )}
      <div className={styles['legends']}>
        <Legend scale={scale} label={measureLabel(first, view.channel)} format={valueText} />
        {!perCell && <Legend scale={stripScale} label="Strip: value, the largest per pixel" format={valueText} />}
      </div>
      {Math.min(map.height, map.width) < finest && (
        <p className={styles['similar']}>
          The map has {map.height}×{map.width} cells, fewer than the {finest}×{finest} grid on a side: neighbouring bins
          share cells.
        </p>
      )}
      {!perCell && <BinReadout model={first} view={view} stripScale={stripScale} onView={onView} />}
      <p className={styles['spoken']} aria-live="polite">
        {spoken && activeBin(first, view)?.index === kept?.index ? `Kept: ${spoken}` : ''}
      </p>
      <BinTable model={first} channel={view.channel} />
      <PanelExports models={models} view={view} scale={scale} stripScale={stripScale} />
    </>
  );
}

/** Any size in, one length out, in numbers. */
function SizeLine({ model }: { model: PanelModel }) {
  const { map, vector, facts } = model.inspection;
  return (
    <p className={styles['size']}>
      <FileName name={model.name} />
      <span>
        {facts.width}×{facts.height} px: map {map.height}×{map.width} → {model.bins.length} × {model.channels} ={' '}
        <strong>{count(vector.length)}</strong>
      </span>
    </p>
  );
}
