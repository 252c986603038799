import { useMediaQuery } from '../../../ui/useMediaQuery.ts';
import { EmptyTab } from '../../../ui/EmptyTab.tsx';

/** The tab before there is a photo: what to do, and something to try it on. */
export function EmptyFind() {
  const touch = useMediaQuery('(pointer: coarse)');
  return (
    <EmptyTab
      line={
        touch ? 'Add photos, then draw boxes around your things' : 'Drop photos, then draw boxes around your things'
      }
      more="Ten photos are enough to begin with. They stay on this device; learning takes about half a minute."
    >
      {null}
    </EmptyTab>
  );
}
