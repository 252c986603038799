import { type RefObject, useEffect, useEffectEvent } from 'react';

/** Height of the tabs, which stay over the page, and a strip of photo that is too little to be called seen. */
const MARGIN = '-112px 0px 0px';

/** Tells whether an element is on the screen, whenever that changes. */
export function useSight(element: RefObject<Element | null>, onSight: ((inSight: boolean) => void) | undefined): void {
  const tell = useEffectEvent((inSight: boolean) => onSight?.(inSight));
  const wanted = onSight !== undefined;
  useEffect(() => {
    if (!element.current || !wanted) return;
    const observer = new IntersectionObserver((entries) => tell(entries.at(-1)?.isIntersecting ?? true), {
      rootMargin: MARGIN,
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element, wanted]);
}
