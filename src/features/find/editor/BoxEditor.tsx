import { useEffect, useState } from 'react';
import styles from './BoxEditor.module.css';
import { BottomBar, TopBar } from './EditorBars.tsx';
import type { BoxEditorProps } from './editorModel.ts';
import { SpaceKey } from './logic/SpaceKey.ts';
import { Stage } from './Stage.tsx';
import { useEditing } from './useEditing.ts';
import { useEditorKeys } from './useEditorKeys.ts';
import { useGestures } from './useGestures.ts';
import { useStageView } from './useStageView.ts';

/** A photo and its boxes, to be drawn, taken from proposals, changed and named: by mouse, pen, fingers or keys alone. */
export function BoxEditor(props: BoxEditorProps) {
  const editing = useEditing(props);
  const stageView = useStageView(props.photoId, props.size);
  const [space] = useState(() => new SpaceKey());
  const gestures = useGestures(editing, stageView, props.size, space);
  useEditorKeys(props, editing, stageView, space, gestures);
  const { onSelect } = props;
  const selected = editing.selected?.id ?? null;
  useEffect(() => onSelect?.(selected), [onSelect, selected]);
  return (
    <section className={styles['editor']} aria-label="Box editor">
      <TopBar props={props} editing={editing} />
      <Stage {...{ props, editing, stageView, gestures }} />
      <BottomBar {...{ props, editing, stageView }} />
      <p role="status" className="visually-hidden">
        {editing.said}
      </p>
    </section>
  );
}
