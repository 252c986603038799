import { useRef, useState } from 'react';
import { nextName } from '../../core/nextName.ts';
import { messageOf } from '../../core/errors.ts';
import { storage } from '../../storage/storageClient.ts';

/** What the tab has to say about the last things that were done. */
export interface Said {
  key: number;
  tone: 'info' | 'warn' | 'error';
  text: string;
  /** A project that came of it and can be opened. */
  projectId?: string;
}

/** Long work of the tab, one piece at a time, with its progress, and what it came to. */
export function useWork() {
  const [running, setRunning] = useState<{ what: string; fraction: number } | null>(null);
  const [said, setSaid] = useState<readonly Said[]>([]);
  const task = useRef<string | null>(null);
  const count = useRef(0);
  const say = (one: Omit<Said, 'key'>) => {
    const key = ++count.current;
    setSaid((before) => [...before, { ...one, key }].slice(-4));
  };
  return {
    running,
    said,
    say,
    dismiss: (one: Said) => setSaid((before) => before.filter((other) => other !== one)),
    stop: () => void (task.current !== null && storage.cancel(task.current)),
    /** Runs quick work; an error is said. */
    attempt: (work: () => Promise<unknown>) =>
      void work().catch((error: unknown) => say({ tone: 'error', text: messageOf(error) })),
    /** Runs long work with a progress bar; an error is said, a stop is not. */
    run: async (what: string, work: (task: string, onProgress: (fraction: number) => void) => Promise<void>) => {
      const name = nextName('projects');
      task.current = name;
      setRunning({ what, fraction: 0 });
      try {
        await work(name, (fraction) => setRunning({ what, fraction }));
      } catch (error) {
        const stopped = error instanceof Error && error.name === 'AbortError';
        if (!stopped) say({ tone: 'error', text: messageOf(error) });
      } finally {
        task.current = null;
        setRunning(null);
      }
    },
  };
}
