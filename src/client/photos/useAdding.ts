import { useRef, useState } from 'react';
import { messageOf } from '../../core/errors.ts';
import type { AddedFile, AddOutcome, OnUnpack } from './collectFiles.ts';

export interface Adding<Target> {
  add: (files: readonly AddedFile[], target: Target) => void;
  fail: (error: unknown) => void;
  /** The zip that is unpacked now; null for none. */
  unpacking: { name: string; fraction: number } | null;
  stopUnpacking: () => void;
  notices: readonly string[];
  errors: readonly string[];
  dismiss: () => void;
}

/** Adds files somewhere; notices and errors are for the person. */
export type AddFiles<Target> = (
  files: readonly AddedFile[],
  target: Target,
  onUnpack: OnUnpack,
  signal: AbortSignal,
) => Promise<AddOutcome>;

/** Adding files, with what it has to say. */
export function useAdding<Target>(addFiles: AddFiles<Target>): Adding<Target> {
  const [unpacking, setUnpacking] = useState<Adding<Target>['unpacking']>(null);
  const [said, setSaid] = useState<AddOutcome>({ notices: [], errors: [] });
  const stop = useRef<AbortController | null>(null);
  const fail = (error: unknown) => setSaid((before) => ({ ...before, errors: [...before.errors, messageOf(error)] }));
  return {
    add(files, target) {
      stop.current = new AbortController();
      setSaid({ notices: [], errors: [] });
      // Progress comes from a worker on a line of its own, and may arrive after the end.
      let ended = false;
      const onUnpack = (name: string, fraction: number) => {
        if (!ended) setUnpacking({ name, fraction });
      };
      addFiles(files, target, onUnpack, stop.current.signal)
        // What a drop had to say of itself stays.
        .then(({ notices, errors }) => {
          setSaid((before) => ({
            notices: [...before.notices, ...notices],
            errors: [...before.errors, ...errors],
          }));
        })
        .catch(fail)
        .finally(() => {
          ended = true;
          setUnpacking(null);
        });
    },
    fail,
    unpacking,
    stopUnpacking: () => stop.current?.abort(),
    notices: said.notices,
    errors: said.errors,
    dismiss: () => setSaid({ notices: [], errors: [] }),
  };
}
