import type { CreateSlice } from './slice.ts';

/**
 * How the open project is kept.
 * `opening`: the last project is being read. `none`: nothing was made yet; the first photo makes a project.
 * `kept`: everything is safe. `saving`: on its way. `unsaved`: could not be saved, see the problem.
 * `following`: another tab writes, this one shows what it does.
 */
export type Keeping = 'opening' | 'none' | 'kept' | 'saving' | 'unsaved' | 'following';

export interface ProjectsSlice {
  /** The project that the fine-tuning tab shows; null before there is one. */
  project: { id: string; name: string } | null;
  keeping: Keeping;
  /** Photos that are not kept yet, of all; null while no photo is on its way. */
  unkept: { left: number; total: number } | null;
  /** Why something is not kept, in words. */
  keepingProblem: string | null;
  /** How often something could not be changed here because another tab writes the project, since it does. */
  refusedEdits: number;
  /** Why nothing outlives this visit (private window), in words; null where it does. */
  notDurable: string | null;
  /** Counts up with every change of the list of projects, from whichever tab. */
  projectsChanged: number;
  changeProjects: (
    changes: Partial<
      Pick<ProjectsSlice, 'project' | 'keeping' | 'unkept' | 'keepingProblem' | 'notDurable' | 'refusedEdits'>
    >,
  ) => void;
  noteProjectsChanged: () => void;
  refuseEdit: () => void;
}

export const createProjectsSlice: CreateSlice<ProjectsSlice> = (set) => ({
  project: null,
  keeping: 'opening',
  unkept: null,
  keepingProblem: null,
  refusedEdits: 0,
  notDurable: null,
  projectsChanged: 0,
  changeProjects: (changes) => set(changes),
  noteProjectsChanged: () => set(({ projectsChanged }) => ({ projectsChanged: projectsChanged + 1 })),
  refuseEdit: () => set(({ refusedEdits }) => ({ refusedEdits: refusedEdits + 1 })),
});
