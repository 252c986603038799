import type { ReactNode } from 'react';
import { useStore } from '../store/store.ts';

/** Controls that change the project: off while another tab writes it. The banner above says so, and how to get them back. */
export function EditOnly({ children }: { children: ReactNode }) {
  const following = useStore((state) => state.keeping === 'following');
  return (
    <fieldset style={{ display: 'contents' }} disabled={following}>
      {children}
    </fieldset>
  );
}
