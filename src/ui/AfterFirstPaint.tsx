import { type ReactNode, useDeferredValue } from 'react';

/**
 * Parts that may come a moment after what stands around them: React makes them in slices of a few milliseconds, and not in the task that
 * answers a click. Their room must be reserved.
 */
export function AfterFirstPaint({ children }: { children: ReactNode }) {
  return useDeferredValue(true, false) && children;
}
