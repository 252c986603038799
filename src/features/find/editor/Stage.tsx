import { type RefObject, useEffect, useRef } from 'react';
import { classColour } from '../../../ui/charts/classPalette.ts';
import { plural, visibleName } from '../../../ui/format.ts';
import { useMediaQuery } from '../../../ui/hooks/useMediaQuery.ts';
import styles from './BoxEditor.module.css';
import { BoxLabel } from './BoxLabel.tsx';
import { BoxShape } from './BoxShape.tsx';
import type { BoxEditorProps } from './editorModel.ts';
import { Crosshair } from './Crosshair.tsx';
import { Handles } from './Handles.tsx';
import { SizeTag } from './SizeTag.tsx';
import type { Editing } from './useEditing.ts';
import type { useGestures } from './useGestures.ts';
import type { StageView } from './useStageView.ts';
import { toScreen } from './logic/viewTransform.ts';

export interface StageProps {
  props: BoxEditorProps;
  editing: Editing;
  stageView: StageView;
  gestures: ReturnType<typeof useGestures>;
}

/** From this many CSS pixels a pixel of the photo is shown as a square. */
const SQUARES = 4;

/** The keyboard stays where the selection goes. */
function useFocusFollows(stage: RefObject<HTMLElement | null>, selected: string | null): void {
  const before = useRef(selected);
  useEffect(() => {
    if (before.current === selected) return;
    before.current = selected;
    const active = document.activeElement;
    if (!stage.current || (active !== document.body && !stage.current.contains(active))) return;
    const box = selected === null ? null : stage.current.querySelector(`[data-item="${CSS.escape(selected)}"]`);
    const target = box instanceof SVGElement ? box : stage.current;
    if (target !== active) target.focus({ preventScroll: true });
  }, [stage, selected]);
}

/** The photo with its boxes, all of it to be drawn on. */
export function Stage({ props, editing, stageView, gestures }: StageProps) {
  const { name, src, size, classes, proposals } = props;
  const { ref, view } = stageView;
  const { items, selected, rubber, drawing } = editing;
  const { hover, handlers } = gestures;
  const coarse = useMediaQuery('(pointer: coarse)');
  useFocusFollows(ref, selected?.id ?? null);
  const colourOf = (classId: string | null) => classColour(classes.find(({ id }) => id === classId)?.colour ?? 0);
  const selectedColour = colourOf(selected?.classId ?? null);
  const drawColour = colourOf(props.activeClass);
  const around = drawing && hover && !rubber ? hover.at : null;

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application is what takes keys and pointers itself
    <div
      ref={ref}
      className={styles['stage']}
      style={{ cursor: hover?.cursor }}
      role="application"
      aria-label={`${visibleName(name)}, ${plural(props.boxes.length, 'box', 'boxes')}. Enter makes a box, Tab goes from box to box.`}
      tabIndex={0}
      data-drawing={drawing || undefined}
      {...handlers}
      onFocus={({ target }) => {
        const id = target.getAttribute('data-item');
        const reached = items.find((row) => row.id === id);
        if (!reached || reached.id === selected?.id) return;
        editing.select(reached.id);
        stageView.reveal(reached.box);
      }}
      onMouseDown={(event) => event.preventDefault()}
      onContextMenu={(event) => event.preventDefault()}
    >
      {view && src && (
        <img
          className={styles['photo']}
          src={src}
          alt=""
          draggable={false}
          decoding="async"
          width={size.width}
          height={size.height}
          style={{
            transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})`,
            imageRendering: view.scale >= SQUARES ? 'pixelated' : 'auto',
          }}
        />
      )}
      {view && (
        <svg className={styles['layer']} width="100%" height="100%">
          {items.map((row) => (
            <BoxShape
              key={row.id}
              id={row.id}
              {...toScreen(view, row.box)}
              colour={colourOf(row.classId)}
              suggested={row.probability !== null}
              selected={row.id === selected?.id}
              label={`${row.probability === null ? 'Box' : 'Suggested box'}: ${editing.words(row)}`}
            />
          ))}
          {hover?.proposal && !rubber && (
            <rect className={styles['proposal']} data-proposal {...toScreen(view, hover.proposal)} />
          )}
          {rubber && (
            <g style={{ color: drawColour }} className={`${styles['box']} ${styles['selected']}`}>
              <rect className={styles['halo']} {...toScreen(view, rubber)} />
              <rect className={styles['outline']} {...toScreen(view, rubber)} />
            </g>
          )}
          {around && <Crosshair at={around} />}
          {selected && <Handles rect={toScreen(view, selected.box)} colour={selectedColour} size={coarse ? 14 : 9} />}
        </svg>
      )}
      {view &&
        items.map((row) => (
          <BoxLabel
            key={row.id}
            name={editing.nameOf(row.classId)}
            colour={colourOf(row.classId)}
            probability={row.probability}
            rect={toScreen(view, row.box)}
            stage={stageView.stage}
            selected={row.id === selected?.id}
          />
        ))}
      {view && selected && <SizeTag box={selected.box} rect={toScreen(view, selected.box)} stage={stageView.stage} />}
      {proposals === null && src && <span className={styles['waiting']}>Looking for things to snap to…</span>}
    </div>
  );
}
