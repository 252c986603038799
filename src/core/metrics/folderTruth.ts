import type { BatchRow } from '../batchModel.ts';

/** How the best classes agree with the names of the folders that the photos are in. */
export interface FolderTruth {
  /** Folders that are named like a class, and best classes of the photos in them: sorted, each once. */
  classes: string[];
  /** Photos by folder and best class, in the order of `classes`. */
  confusion: number[][];
  right: number;
  /** Photos in such a folder. */
  count: number;
}

/** Finds the innermost folder of a path that is named like a class, null where none is; photos of one folder are looked at once. */
function folderClasses(labels: ReadonlySet<string>): (path: string) => string | null {
  const known = new Map<string, string | null>();
  return (path) => {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    let name = known.get(folder);
    if (name === undefined) {
      name =
        folder
          .split('/')
          .toReversed()
          .find((part) => labels.has(part)) ?? null;
      known.set(folder, name);
    }
    return name;
  };
}

/**
 * Takes folders named like classes for the truth, where that is likely meant: at least two such folders, with at least half of the photos that
 * have an answer. Null otherwise.
 */
export function folderTruth(rows: readonly BatchRow[]): FolderTruth | null {
  const labels = new Set<string>();
  let answered = 0;
  for (const { top } of rows) {
    if (top.length > 0) answered++;
    for (const { label } of top) labels.add(label);
  }
  const classOf = folderClasses(labels);
  const pairs: { truth: string; guess: string }[] = [];
  for (const { path, top } of rows) {
    const guess = top[0]?.label;
    const truth = guess === undefined ? null : classOf(path);
    if (guess !== undefined && truth !== null) pairs.push({ truth, guess });
  }
  if (new Set(pairs.map(({ truth }) => truth)).size < 2 || pairs.length < answered / 2) return null;
  const classes = [...new Set(pairs.flatMap(({ truth, guess }) => [truth, guess]))].sort();
  const place = new Map(classes.map((name, i) => [name, i]));
  const confusion = classes.map(() => classes.map(() => 0));
  for (const { truth, guess } of pairs) confusion[place.get(truth)!]![place.get(guess)!]!++;
  const right = pairs.filter(({ truth, guess }) => truth === guess).length;
  return { classes, confusion, right, count: pairs.length };
}
