import { Pin, PinOff } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import type { Inspection, PyramidOptions, SizePolicy } from '../../core/model.ts';
import { isRuleErrorName } from '../../core/pyramid/geometry.ts';
import { samePyramid } from '../../core/pyramid/samePyramid.ts';
import type { Measure, PyramidView } from '../../store/view.ts';
import { Button } from '../../ui/Button.tsx';
import { Fold } from '../../ui/Fold.tsx';
import { Note } from '../../ui/notes/Note.tsx';
import { EmptyFigure } from './figure/EmptyFigure.tsx';
import { Explanation } from './readout/Explanation.tsx';
import { FilledPanel } from './FilledPanel.tsx';
import { PanelDetails } from './PanelDetails.tsx';
import { usePanelScales } from './usePanelScales.ts';
import { HeadPyramidNote } from './controls/HeadPyramidNote.tsx';
import { MeasureButtons } from './readout/MeasureButtons.tsx';
import { strongestInImage } from './readout/measures.ts';
import { type PanelModel, panelModel } from './panelModel.ts';
import { RuleNotice } from './controls/RuleNotice.tsx';
import { PyramidControls } from './controls/PyramidControls.tsx';
import styles from './PyramidPanel.module.css';

/** An inspected image and what to call it. Keep the object while its parts stay the same: the panel's sums are memoised on it. */
export interface NamedInspection {
  name: string;
  inspection: Inspection;
}

export interface PyramidPanelProps {
  /** The image that is looked at; null before there is one. */
  image: NamedInspection | null;
  /** A second image to compare with; null for none. */
  pinned: NamedInspection | null;
  /** What the head that answers is called. */
  headName: string;
  /** False until a channel was chosen: then the first look at channels is at the image's strongest. */
  channelChosen: boolean;
  view: PyramidView;
  /** The pyramid asked for; the images may still hold an older one. */
  pyramid: PyramidOptions;
  /** Why the image could not be inspected as asked; that a rule does not fit gets its own notice, with the sizes of `image`. */
  error: { name: string; message: string } | null;
  onView: (changes: Partial<PyramidView>) => void;
  onPyramid: (changes: Partial<PyramidOptions>) => void;
  /** Another size was taken up, at which the rule fits. */
  onSize: (policy: SizePolicy) => void;
  /** What else stands under Details. */
  more?: ReactNode;
  /** Keeps the image to compare others with it; null where there is none to keep. */
  onPin: (() => void) | null;
  onUnpin: () => void;
}

/** What every bin of every level holds, and how the bins of an image of any size become one vector of one length. */
export function PyramidPanel(props: PyramidPanelProps) {
  const { image, pinned, headName, channelChosen, view, pyramid, error, onView, onPyramid, onSize, more } = props;
  const { onPin, onUnpin } = props;
  const { measure, channel, classIndex } = view;
  const first = useMemo(
    () => image && panelModel(image.name, image.inspection, { measure, channel, classIndex }),
    [image, measure, channel, classIndex],
  );
  const second = useMemo(() => {
    if (!pinned || !first || pinned.inspection === first.inspection) return null;
    // The same class for both, also where it is not the pinned image's best.
    return panelModel(pinned.name, pinned.inspection, {
      measure,
      channel,
      classIndex: first.evidence?.index ?? classIndex,
    });
  }, [pinned, first, measure, channel, classIndex]);

  const measureBy = (next: Measure): void => {
    const strongest = first && strongestInImage(first.inspection.vector, first.channels, 1)[0]?.channel;
    onView(next === 'channel' && !channelChosen ? { measure: next, channel: strongest ?? 0 } : { measure: next });
  };
  const headPyramid = first?.inspection.headPyramid;
  const otherPyramid = first && headPyramid && !samePyramid(headPyramid, first.inspection.pyramid) ? headPyramid : null;
  const controls = (
    <>
      <PyramidControls pyramid={pyramid} onPyramid={onPyramid} />
      <Explanation pyramid={pyramid} channels={first?.channels ?? 1280} />
    </>
  );
  return (
    <section className={styles['panel']} aria-label="Pyramid">
      <header className={styles['head']}>
        <h2>Pyramid</h2>
        {!error && first && <MeasureButtons model={first} onMeasure={measureBy} />}
        {pinned ? (
          <Button look="quiet" className={styles['pin']} onClick={onUnpin}>
            <PinOff size={14} aria-hidden /> Unpin
          </Button>
        ) : (
          onPin && (
            <Button
              look="quiet"
              className={styles['pin']}
              onClick={onPin}
              disabled={!image}
              aria-label="Pin to compare"
              title="Pin to compare: keep this image and compare the next one with it"
            >
              <Pin size={14} aria-hidden /> Pin
            </Button>
          )
        )}
      </header>
      {error && isRuleErrorName(error.name) && (
        <RuleNotice
          message={error.message}
          pyramid={pyramid}
          image={image?.inspection ?? null}
          onUseAdaptive={() => onPyramid({ rule: 'adaptive' })}
          onSize={onSize}
        />
      )}
      {error && !isRuleErrorName(error.name) && <Note tone="error">{error.message}</Note>}
      {!error && first && otherPyramid && (
        <HeadPyramidNote headName={headName} headPyramid={otherPyramid} onShow={onPyramid} />
      )}
      {!error && first ? (
        <Filled first={first} second={second} pinned={pinned !== null} view={view} onView={onView}>
          {controls}
          {more}
        </Filled>
      ) : (
        <>
          {!error && <EmptyFigure levels={pyramid.levels} />}
          <Details>
            {controls}
            {more}
          </Details>
        </>
      )}
    </section>
  );
}

/** The one fold of the screen: numbers, legends, levels, rule, tables, times. */
function Details({ children }: { children: ReactNode }) {
  return (
    <Fold title="Details" says="numbers, levels, rule, times" remember="classify" lazy>
      {children}
    </Fold>
  );
}

interface FilledProps {
  first: PanelModel;
  second: PanelModel | null;
  pinned: boolean;
  view: PyramidView;
  onView: (changes: Partial<PyramidView>) => void;
  /** The end of the details. */
  children: ReactNode;
}

function Filled({ first, second, pinned, view, onView, children }: FilledProps) {
  const scales = usePanelScales(first, second);
  return (
    <>
      <FilledPanel {...{ first, second, pinned, view, onView, scales }} />
      <Details>
        <PanelDetails {...{ first, view, onView, scales }} />
        {children}
      </Details>
    </>
  );
}
