import { useState } from 'react';
import type { Box } from '../../../core/find/boxes.ts';
import type { DrawnBox } from '../../../core/project/findModel.ts';
import { visibleName } from '../../../ui/format.ts';
import type { Handle, Point } from './logic/editBoxes.ts';
import { middleBox, moveBox, resizeBox, wholePixels } from './logic/editBoxes.ts';
import type { BoxEditorProps, EditorItem } from './editorModel.ts';
import { placeWords } from './logic/placeWords.ts';
import { leastProposal, likeliestAt, nextProposal, proposalsAt } from './logic/snap.ts';

/** The id of the box that is being drawn. */
export const NEW_BOX = 'new';

interface Session {
  photoId: string;
  selected: string | null;
  /** W was pressed: the next press draws, whatever lies there. */
  drawing: boolean;
  /** A box under the hand or the arrow keys, not yet handed on. */
  draft: { id: string; box: Box } | null;
  /** A box taken from the proposals, and the place where. */
  taken: { id: string; at: Point } | null;
}

const NO_SUGGESTIONS: NonNullable<BoxEditorProps['suggestions']> = [];
const same = (a: Box, b: Box) => a.every((value, side) => value === b[side]);

/** The selection, what is under the hand, and everything that can be done to boxes. */
export function useEditing(props: BoxEditorProps) {
  const { photoId, size, boxes, classes, activeClass, proposals, suggestions = NO_SUGGESTIONS, locked = false } = props;
  const begin = (): Session => ({
    photoId,
    selected: suggestions[0]?.id ?? null,
    drawing: false,
    draft: null,
    taken: null,
  });
  const [kept, setKept] = useState(begin);
  const [said, say] = useState('');
  /** A class that was made for the first box and has no name of its own yet. */
  const [naming, setNaming] = useState<string | null>(null);
  const session = kept.photoId === photoId ? kept : begin();
  if (session !== kept) setKept(session);
  const patch = (change: Partial<Session>) => setKept((old) => ({ ...old, ...change }));

  const { draft } = session;
  const withDraft = <T extends DrawnBox>(row: T): T => (row.id === draft?.id ? { ...row, box: draft.box } : row);
  const drawn = boxes.map(withDraft);
  const items: readonly EditorItem[] = [
    ...drawn.map((row) => ({ ...row, probability: null })),
    ...suggestions.map(withDraft).map((row) => ({ ...row })),
  ];
  const selected = items.find(({ id }) => id === session.selected) ?? null;
  const nameOf = (classId: string) => visibleName(classes.find(({ id }) => id === classId)?.name ?? 'no class');
  const words = (row: DrawnBox) => `${nameOf(row.classId)}, ${placeWords(row.box, size)}`;

  const select = (id: string | null) => {
    patch({ selected: id, taken: null });
  };

  /** The suggestion after this one, to go on with. */
  const selectNextSuggestion = (id: string) => {
    const at = suggestions.findIndex((row) => row.id === id);
    select((suggestions[at + 1] ?? suggestions.find((row) => row.id !== id))?.id ?? null);
  };

  /** Hands a changed box on; a suggestion that is corrected is accepted. */
  const put = (id: string, exact: Box) => {
    const box = wholePixels(exact, size);
    patch({ draft: null });
    const suggestion = suggestions.find((row) => row.id === id);
    const before = suggestion ?? boxes.find((row) => row.id === id);
    if (locked || !before || same(before.box, box)) return;
    if (suggestion) props.onAccept?.({ id, classId: suggestion.classId, box });
    else props.onChange(boxes.map((row) => (row.id === id ? { ...row, box } : row)));
    say(`Box at ${placeWords(box, size)}.`);
  };
  const settle = () => {
    if (draft && draft.id !== NEW_BOX) put(draft.id, draft.box);
  };

  const add = (exact: Box, from?: Point) => {
    if (locked) return;
    // Proposals lie between pixels: they were made on a smaller photo.
    const box = wholePixels(exact, size);
    const classId = activeClass ?? props.onNewClass();
    const row: DrawnBox = { id: crypto.randomUUID(), classId, box };
    props.onChange([...drawn, row]);
    patch({ selected: row.id, drawing: false, draft: null, taken: from ? { id: row.id, at: from } : null });
    if (activeClass === null) setNaming(classId);
    say(
      `Box added: ${activeClass === null ? placeWords(box, size) : words(row)}. Arrow keys move it, Alt with arrow keys resizes it.`,
    );
  };

  /** @returns the box as it is now; null where none can be changed */
  const nudge = (change: (box: Box) => Box): Box | null => {
    if (!selected || locked) return null;
    const box = change(selected.box);
    patch({ draft: { id: selected.id, box } });
    return box;
  };

  const reject = () => {
    if (!selected || locked) return;
    patch({ draft: null });
    say(`${selected.probability === null ? 'Box deleted' : 'Suggestion rejected'}: ${words(selected)}.`);
    if (selected.probability === null) {
      select(null);
      props.onChange(drawn.filter(({ id }) => id !== selected.id));
    } else {
      selectNextSuggestion(selected.id);
      props.onReject?.(selected.id);
    }
  };

  const accept = () => {
    if (!selected || selected.probability === null || locked) return;
    const { id, classId, box } = selected;
    patch({ draft: null });
    selectNextSuggestion(id);
    props.onAccept?.({ id, classId, box: wholePixels(box, size) });
    say(`Suggestion accepted: ${words(selected)}.`);
  };

  const setClass = (classId: string) => {
    props.onActiveClass(classId);
    say(`Class ${nameOf(classId)}.`);
    if (!selected || selected.classId === classId || locked) return;
    patch({ draft: null });
    if (selected.probability !== null) props.onAccept?.({ id: selected.id, classId, box: selected.box });
    else props.onChange(drawn.map((row) => (row.id === selected.id ? { ...row, classId } : row)));
  };

  const others = (id?: string) => items.filter((row) => row.id !== id).map(({ box }) => box);
  const around = (at: Point) => proposalsAt(proposals ?? [], at, leastProposal(size), others());
  /** The proposal that a click at a place takes: the likeliest, or the tightest of all that hold the place. */
  const offered = (at: Point, tightest: boolean): Box | null =>
    tightest ? (around(at)[0] ?? null) : likeliestAt(proposals ?? [], at, leastProposal(size), others());

  /** Proposals are stepped through where the selected box was taken, else in its middle. */
  const stepsOf = ({ id, box }: EditorItem) => {
    const middle = { x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2 };
    const at = session.taken?.id === id ? session.taken.at : middle;
    return proposalsAt(proposals ?? [], at, leastProposal(size), others(id));
  };
  const otherProposal = (step: 1 | -1): Box | null =>
    selected ? nextProposal(stepsOf(selected), selected.box, step) : null;

  return {
    items,
    selected,
    said,
    locked,
    naming,
    nameFirst: (name: string) => {
      if (naming !== null) props.onNameClass(naming, name);
      setNaming(null);
    },
    drawing: session.drawing,
    /** The box being drawn. */
    rubber: draft?.id === NEW_BOX ? draft.box : null,
    nameOf,
    words,
    offered,
    /** The next larger or smaller proposal at a place, seen from one there. */
    steppedFrom: (box: Box, at: Point, step: 1 | -1) => nextProposal(around(at), box, step),
    select,
    add,
    put,
    settle,
    accept,
    reject,
    setClass,
    otherProposal,
    takeOther: (step: 1 | -1) => {
      const box = otherProposal(step);
      if (selected && box) put(selected.id, box);
    },
    setDrawing: (drawing: boolean) => {
      patch({ drawing });
      if (drawing) say('Drag to draw a box, or press Enter for one in the middle.');
    },
    preview: (id: string, box: Box) => patch({ draft: { id, box } }),
    drop: () => patch({ draft: null }),
    move: (dx: number, dy: number) => nudge((box) => moveBox(box, dx, dy, size)),
    resize: (handle: Handle, dx: number, dy: number) => nudge((box) => resizeBox(box, handle, dx, dy, size)),
    enter: () => {
      if (selected?.probability != null) accept();
      else if (selected) settle();
      else if (suggestions[0]) select(suggestions[0].id);
      else add(middleBox(size));
    },
    copy: () => {
      const rows = selected ? drawn.filter(({ id }) => id === selected.id) : drawn;
      settle();
      if (rows.length > 0 && !locked) props.onCopyToNext(rows);
    },
  };
}

export type Editing = ReturnType<typeof useEditing>;
