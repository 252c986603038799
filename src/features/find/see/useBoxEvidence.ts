import { useEffect, useState } from 'react';
import { engine } from '../../../client/engineClient.ts';
import { imageOf } from '../../../client/files.ts';
import { handOver } from '../../../client/find/finders.ts';
import { messageOf } from '../../../core/errors.ts';
import type { BoxEvidence, Find, Finder } from '../../../core/find/model.ts';
import { nextName } from '../../../core/nextName.ts';

/** The evidence of the chosen find; null while there is none. */
export function useBoxEvidence(
  finder: Finder,
  photoId: string | null,
  find: Find | null,
): { evidence: BoxEvidence | null; problem: string | null } {
  const [found, setFound] = useState<{ find: Find; evidence: BoxEvidence | null; problem: string | null } | null>(null);
  useEffect(() => {
    if (!find || photoId === null) return;
    const task = nextName('box-evidence');
    let left = false;
    const ask = async () => {
      const image = await imageOf(photoId);
      await handOver(finder);
      return engine.explainBox(task, image, finder.id, find.classIndex, find.box);
    };
    ask()
      .then((evidence) => !left && setFound({ find, evidence, problem: null }))
      .catch((error: unknown) => !left && setFound({ find, evidence: null, problem: messageOf(error) }));
    return () => {
      left = true;
      void engine.cancel(task).catch(() => {});
    };
  }, [finder, photoId, find]);
  return found && found.find === find ? found : { evidence: null, problem: null };
}
