import type { RunRow } from '../../../core/project/model.ts';
import { DEFAULT_HEAD } from '../../../core/labels/readyHeads.ts';
import { engine } from '../../../client/engineClient.ts';
import { messageOf } from '../../../core/errors.ts';
import type { HeadData } from '../../../core/model.ts';
import { chooseHead } from '../../../client/chooseHead.ts';
import { createUndo } from '../../../client/createUndo.ts';
import { forgetHead, headOf, keepHead } from '../../../client/trainedHeads.ts';
import type { HeadEntry } from '../../../store/settings.ts';
import { useStore } from '../../../store/store.ts';

/** A run or an opened head that was deleted last, with all that brings it back. */
export interface DeletedHead {
  name: string;
  /** The project that it was in: it comes back in no other. */
  project: string | undefined;
  putBack: () => void;
}

/** The last deletion of a run or an opened head. */
export const deletedHead = createUndo<DeletedHead>();

const fail = (error: unknown) => useStore.getState().addNotice(messageOf(error));

function handOver(head: HeadData): void {
  keepHead(head);
  engine.setHead(head).catch(fail);
}

/** Renames a run or an opened head: in the lists, in answers to come and in what is exported. */
export function renameHead(id: string, name: string): void {
  const head = headOf(id);
  if (head) handOver({ ...head, name });
  const { runs, changeRun, heads, setHeads } = useStore.getState();
  if (runs.some((run) => run.id === id)) changeRun(id, { name });
  else setHeads(heads.map((entry) => (entry.id === id ? { ...entry, name } : entry)));
}

/** Deletes a run or an opened head; for half a minute it can be put back. */
export function deleteHead(id: string): void {
  const { runs, removeRun, heads, setHeads, settings, project } = useStore.getState();
  const numbers = headOf(id);
  const run = runs.find((one) => one.id === id);
  const entry = heads.find((one) => one.id === id);
  if (!numbers || !entry) return;
  const inUse = typeof settings.head !== 'string' && settings.head.id === id;
  const place = run ? runs.indexOf(run) : heads.indexOf(entry);
  if (run) removeRun(id);
  else setHeads(heads.filter((one) => one !== entry));
  forgetHead(id);
  engine.removeHead(id).catch(fail);
  if (inUse) chooseHead(DEFAULT_HEAD);

  const putBack = () => {
    deletedHead.take();
    handOver(numbers);
    insert(run, entry, place);
    if (inUse && useStore.getState().settings.head === DEFAULT_HEAD) chooseHead({ id });
  };
  deletedHead.offer({ name: entry.name, project: project?.id, putBack });
}

function insert(run: RunRow | undefined, entry: HeadEntry, place: number): void {
  const { heads, setHeads, putBackRun } = useStore.getState();
  if (run) putBackRun(run, place);
  else setHeads(heads.toSpliced(place, 0, entry));
}
