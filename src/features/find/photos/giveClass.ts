import { useStore } from '../../../store/store.ts';
import { acceptSuggestion } from '../suggest/suggestBoxes.ts';

/** A class is chosen in the list: for the box that is selected in the editor, if there is one, and for the next one. */
export function giveClass(classId: string): void {
  const { shownScene, selectedBox, scenes, suggestions, keeping, setBoxes, chooseFindClass } = useStore.getState();
  chooseFindClass(classId);
  if (shownScene === null || selectedBox === null || keeping === 'following') return;
  const boxes = scenes.get(shownScene)?.boxes ?? [];
  const drawn = boxes.find(({ id }) => id === selectedBox);
  const suggested = suggestions.get(shownScene)?.find(({ id }) => id === selectedBox);
  if (suggested) acceptSuggestion(shownScene, { ...suggested, classId });
  else if (drawn && drawn.classId !== classId) {
    setBoxes(
      shownScene,
      boxes.map((row) => (row === drawn ? { ...row, classId } : row)),
    );
  }
}
