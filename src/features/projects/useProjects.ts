import { useEffect, useState } from 'react';
import { messageOf } from '../../core/errors.ts';
import { storage } from '../../storage/storageClient.ts';
import type { ProjectSummary } from '../../storage/projects/summaries.ts';
import { useStore } from '../../store/store.ts';
import { projectSession } from './keeping/ProjectSession.ts';

export interface StorageUse {
  usage: number;
  quota: number;
  /** Whether the browser has promised not to clear it; null where it does not tell. */
  persisted: boolean | null;
}

/** How long to wait for more changes before the list is read again. */
const SETTLE_MS = 250;

async function storageUse(): Promise<StorageUse | null> {
  if (!navigator.storage?.estimate) return null;
  try {
    const [{ usage = 0, quota = 0 }, persisted = null] = await Promise.all([
      navigator.storage.estimate(),
      navigator.storage.persisted?.(),
    ]);
    return { usage, quota, persisted };
  } catch {
    // Told by no one: the projects are there all the same.
    return null;
  }
}

/** The projects, newest change first, and the room they take; null before they are read. */
export function useProjects(): {
  projects: readonly ProjectSummary[] | null;
  use: StorageUse | null;
  problem: string | null;
  refresh: () => void;
} {
  const changed = useStore((state) => state.projectsChanged);
  const open = useStore((state) => state.project?.id);
  const [count, setCount] = useState(0);
  const [projects, setProjects] = useState<readonly ProjectSummary[] | null>(null);
  const [use, setUse] = useState<StorageUse | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let stale = false;
    const read = async () => {
      try {
        const [list, room] = await Promise.all([storage.list(), storageUse()]);
        if (stale) return;
        setProjects(list);
        if (open !== undefined && !list.some(({ id }) => id === open)) projectSession.missing(open);
        setUse(room);
        setProblem(null);
      } catch (error) {
        if (!stale) setProblem(messageOf(error));
      }
    };
    const timer = setTimeout(() => void read(), projects === null ? 0 : SETTLE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
    // oxlint-disable-next-line react/exhaustive-deps -- read again when something has changed, not when it was read
  }, [changed, open, count]);
  return { projects, use, problem, refresh: () => setCount((n) => n + 1) };
}
