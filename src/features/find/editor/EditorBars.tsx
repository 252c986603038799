import {
  ArrowLeft,
  ArrowRight,
  Check,
  CircleCheckBig,
  Copy,
  Maximize,
  Minus,
  Plus,
  Redo2,
  Shrink,
  SquareDashedMousePointer,
  Expand,
  Trash2,
  Undo2,
  X,
} from 'lucide-react';
import { useState } from 'react';
import { visibleName } from '../../../ui/format.ts';
import { Button } from '../../../ui/Button.tsx';
import { NameEditor } from '../../../ui/fields/NameEditor.tsx';
import styles from './BoxEditor.module.css';
import type { BoxEditorProps } from './editorModel.ts';
import { EditorHelp } from './EditorHelp.tsx';
import type { Editing } from './useEditing.ts';
import type { StageView } from './useStageView.ts';

interface BarProps {
  props: BoxEditorProps;
  editing: Editing;
}

/** Above the photo: which photo, what is drawn, whether it is done. */
export function TopBar({ props, editing }: BarProps) {
  const { place, classes, complete } = props;
  const [byPointer, setByPointer] = useState(false);
  const classId = editing.selected?.classId ?? props.activeClass ?? '';
  return (
    <div className={styles['bar']} role="toolbar" aria-label="Photo">
      <span className={styles['group']}>
        <Button
          icon={ArrowLeft}
          aria-label="Photo before"
          title="Photo before (A)"
          disabled={place.index <= 0}
          onClick={() => props.onStep(-1)}
        />
        <span className={styles['place']}>
          {place.index + 1} of {place.count}
        </span>
        <Button
          icon={ArrowRight}
          aria-label="Photo after"
          title="Photo after (D)"
          disabled={place.index >= place.count - 1}
          onClick={() => props.onStep(1)}
        />
      </span>
      <Button
        icon={SquareDashedMousePointer}
        aria-pressed={editing.drawing}
        disabled={editing.locked}
        aria-label="Draw"
        title="Draw a box, also over another one (W)"
        onClick={() => editing.setDrawing(!editing.drawing)}
      >
        <span className={styles['wide']}>Draw</span>
      </Button>
      {editing.naming !== null && (
        <NameEditor
          className={styles['class']}
          label="What is in the box?"
          name=""
          onDone={(text) => editing.nameFirst(text?.trim() ?? '')}
        />
      )}
      {classes.length > 0 && editing.naming === null && (
        <select
          className={styles['class']}
          aria-label={editing.selected ? 'Class of this box' : 'Class of the next box'}
          value={classId}
          disabled={editing.locked}
          onPointerDown={() => setByPointer(true)}
          onKeyDown={() => setByPointer(false)}
          onChange={(event) => {
            editing.setClass(event.target.value);
            // The keys are the photo's again, but for who goes through the classes by keys.
            if (byPointer) event.target.blur();
          }}
        >
          {classes.map((row, i) => (
            <option key={row.id} value={row.id}>
              {i < 9 ? `${i + 1}  ` : ''}
              {visibleName(row.name)}
            </option>
          ))}
        </select>
      )}
      <Button
        className={styles['push']}
        icon={CircleCheckBig}
        aria-pressed={complete}
        disabled={editing.locked}
        aria-label="Complete"
        title="Every thing in this photo has its box: what lies outside is none (Space)"
        onClick={() => props.onComplete(!complete)}
      >
        <span className={styles['wide']}>Complete</span>
      </Button>
    </div>
  );
}

/** Below the photo: what can be done to boxes, and the zoom. */
export function BottomBar({ props, editing, stageView }: BarProps & { stageView: StageView }) {
  const { selected } = editing;
  const suggested = selected !== null && selected.probability !== null;
  const { view, zoom, setView, fitted } = stageView;
  return (
    <div className={styles['bar']} role="toolbar" aria-label="Boxes">
      <span className={styles['group']}>
        <Button icon={Undo2} aria-label="Undo" title="Undo (Ctrl+Z)" disabled={!props.canUndo} onClick={props.onUndo} />
        <Button
          icon={Redo2}
          aria-label="Redo"
          title="Redo (Ctrl+Shift+Z)"
          disabled={!props.canRedo}
          onClick={props.onRedo}
        />
      </span>
      <span className={styles['group']}>
        <Button
          icon={Shrink}
          aria-label="Next smaller proposal"
          title="Next smaller proposal ([)"
          disabled={editing.locked || !editing.otherProposal(-1)}
          onClick={() => editing.takeOther(-1)}
        />
        <Button
          icon={Expand}
          aria-label="Next larger proposal"
          title="Next larger proposal (])"
          disabled={editing.locked || !editing.otherProposal(1)}
          onClick={() => editing.takeOther(1)}
        />
      </span>
      {suggested ? (
        <span className={styles['group']}>
          <Button icon={Check} title="Accept the suggestion (Enter)" onClick={editing.accept}>
            Accept
          </Button>
          <Button icon={X} title="Reject the suggestion (Delete)" onClick={editing.reject}>
            Reject
          </Button>
        </span>
      ) : (
        <span className={styles['group']}>
          <Button
            icon={Copy}
            aria-label="Copy to the next photo"
            title="Copy to the next photo (Ctrl+D)"
            disabled={editing.locked || props.boxes.length === 0 || isLast(props)}
            onClick={editing.copy}
          />
          <Button
            icon={Trash2}
            aria-label="Delete the box"
            title="Delete the box (Del)"
            disabled={!selected || editing.locked}
            onClick={editing.reject}
          />
        </span>
      )}
      <span className={`${styles['group']} ${styles['push']}`}>
        <Button look="quiet" icon={Minus} aria-label="Zoom out" title="Zoom out (−)" onClick={() => zoom(0.8)} />
        <span className={styles['zoom']}>{view ? `${Math.round(100 * view.scale)} %` : ''}</span>
        <Button look="quiet" icon={Plus} aria-label="Zoom in" title="Zoom in (+)" onClick={() => zoom(1.25)} />
        <Button
          look="quiet"
          icon={Maximize}
          aria-label="Whole photo"
          title="Whole photo (0)"
          disabled={fitted}
          onClick={() => setView(null)}
        />
        <EditorHelp />
      </span>
    </div>
  );
}

/** Whether there is no photo after this one. */
function isLast({ place: { index, count } }: BoxEditorProps): boolean {
  return index >= count - 1;
}
