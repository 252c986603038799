import { useEffect, useEffectEvent } from 'react';
import type { Box } from '../../../core/find/boxes.ts';
import { isTyping } from '../../../ui/isTyping.ts';
import type { BoxEditorProps } from './editorModel.ts';
import { actionOf, type EditorAction, type KeyPlace } from './logic/keys.ts';
import type { Editing } from './useEditing.ts';
import type { Gestures } from './useGestures.ts';
import type { SpaceKey } from './logic/SpaceKey.ts';
import type { StageView } from './useStageView.ts';

/** Whose key it is: null where another part of the page needs all of them. */
function placeOf(target: EventTarget | null, stage: HTMLElement | null): KeyPlace | null {
  if (!(target instanceof Element) || isTyping(target)) return null;
  if (target.closest('[role=dialog], [role=menu], [popover]')) return null;
  return target === document.body || stage?.contains(target) ? 'photo' : 'control';
}

/** The keys of the editor, from anywhere on the page where they are not needed otherwise. */
export function useEditorKeys(
  props: BoxEditorProps,
  editing: Editing,
  stageView: StageView,
  space: SpaceKey,
  { cancel: cancelDrag, stepHover }: Pick<Gestures, 'cancel' | 'stepHover'>,
): void {
  const reveal = (box: Box | null) => {
    if (box) stageView.reveal(box);
  };
  const act = (action: EditorAction) => {
    switch (action.do) {
      case 'draw':
        return editing.setDrawing(!editing.drawing);
      case 'escape':
        cancelDrag();
        if (editing.drawing) editing.setDrawing(false);
        else editing.select(null);
        return;
      case 'delete':
        return editing.reject();
      case 'enter':
        return editing.enter();
      case 'copy':
        return editing.copy();
      case 'complete':
        return props.locked ? undefined : props.onComplete(!props.complete);
      case 'move':
        return reveal(editing.move(action.dx, action.dy));
      case 'resize':
        return reveal(editing.resize('se', action.dx, action.dy));
      case 'proposal':
        if (editing.selected || !stepHover(action.step)) editing.takeOther(action.step);
        return;
      case 'class': {
        const row = props.classes[action.place];
        if (row) editing.setClass(row.id);
        return;
      }
      case 'zoom':
        return stageView.zoom(action.factor);
      case 'fit':
        return stageView.setView(null);
      case 'step':
        editing.settle();
        return props.onStep(action.step);
      case 'undo':
        editing.settle();
        return props.locked ? undefined : props.onUndo();
      case 'redo':
        editing.settle();
        return props.locked ? undefined : props.onRedo();
      default:
        action satisfies never;
    }
  };

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    const place = placeOf(event.target, stageView.ref.current);
    if (!place) return;
    if (event.key === ' ' && place === 'photo') {
      event.preventDefault();
      if (!event.repeat) space.press();
      return;
    }
    const action = actionOf(event, editing.selected !== null, place);
    if (!action) return;
    event.preventDefault();
    act(action);
  });

  const onKeyUp = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.startsWith('Arrow')) editing.settle();
    if (event.key === ' ' && space.release()) act({ do: 'complete' });
  });

  const onBlur = useEffectEvent(() => {
    space.release();
    editing.settle();
  });

  useEffect(() => {
    window.addEventListener('keydown', onKeyDown);
    window.addEventListener('keyup', onKeyUp);
    window.addEventListener('blur', onBlur);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('keyup', onKeyUp);
      window.removeEventListener('blur', onBlur);
    };
  }, []);
}
