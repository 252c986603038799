import { useEffect, useState } from 'react';
import { type OrdinaryChannels, ordinaryChannels } from './ordinaryChannels.ts';

/** How channels behave on ordinary photos; null until it is there, and where it cannot be had. */
export function useOrdinaryChannels(): OrdinaryChannels | null {
  const [known, setKnown] = useState<OrdinaryChannels | null>(null);
  useEffect(() => {
    let gone = false;
    ordinaryChannels().then(
      (found) => !gone && setKnown(found),
      () => {},
    );
    return () => {
      gone = true;
    };
  }, []);
  return known;
}
