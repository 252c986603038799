import type { ProjectOptions } from '../../../core/project/model.ts';
import { fileOf, thumbnailOf } from '../../../client/files.ts';
import { headOf } from '../../../client/trainedHeads.ts';
import type { Settings } from '../../../store/settings.ts';
import { openedHeads } from '../../../store/heads.ts';
import type { AppState } from '../../../store/store.ts';
import { sameFind, sameHeads, type Sources, type ProjectContents } from './ChangeTracker.ts';

/** What of the page's state makes a project. */
export function contentsOf(state: AppState): ProjectContents {
  const { dataset, photos, runs, splitOptions, vectorOptions, trainingOptions, settings } = state;
  const { policy, pyramid, head, minSide, scales } = settings;
  return {
    dataset,
    photos,
    runs,
    scenes: state.scenes,
    find: { classes: state.findClasses, settings: state.finderSettings, split: state.finderSplit },
    finders: state.finderRuns,
    heads: openedHeads(state),
    options: {
      split: splitOptions,
      vectors: vectorOptions,
      training: trainingOptions,
      policy,
      pyramid,
      head,
      minSide,
      scales,
    },
  };
}

/** The settings that come with a project, apart from the head; what an older one does not say stays as it is. */
export function settingsIn({
  policy,
  pyramid,
  minSide,
  scales,
}: ProjectOptions): Pick<Settings, 'policy' | 'pyramid'> & Partial<Pick<Settings, 'minSide' | 'scales'>> {
  return { policy, pyramid, ...(minSide !== undefined && { minSide }), ...(scales && { scales }) };
}

export const SOURCES: Sources = { file: fileOf, thumbnail: thumbnailOf, head: headOf };

/** Whether a person has made anything that a project would hold. */
export function hasContents({ dataset, photos, runs, heads, findClasses, finderRuns }: AppState): boolean {
  return photos.size > 0 || [dataset.classes, runs, heads, findClasses, finderRuns].some((list) => list.length > 0);
}

function sameFound(a: ProjectContents, b: ProjectContents): boolean {
  return a.scenes === b.scenes && a.finders === b.finders && sameFind(a.find, b.find);
}

/** Whether two states agree in what only the tab that writes may change; what Classify uses is each tab's own. */
export function sameSharedContents(a: ProjectContents, b: ProjectContents): boolean {
  return (
    a.dataset === b.dataset &&
    a.photos === b.photos &&
    a.runs === b.runs &&
    sameFound(a, b) &&
    (['split', 'vectors', 'training'] as const).every((key) => a.options[key] === b.options[key])
  );
}

/** Whether two states hold the same project, by the identity of their parts. */
export function sameContents(a: ProjectContents, b: ProjectContents): boolean {
  return (
    a.dataset === b.dataset &&
    a.photos === b.photos &&
    a.runs === b.runs &&
    sameFound(a, b) &&
    sameHeads(a.heads, b.heads) &&
    (Object.keys(a.options) as (keyof ProjectContents['options'])[]).every((key) => a.options[key] === b.options[key])
  );
}
