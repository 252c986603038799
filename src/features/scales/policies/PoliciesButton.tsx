import { Scan } from 'lucide-react';
import { useState } from 'react';
import type { Inspection } from '../../../core/model.ts';
import { Button } from '../../../ui/Button.tsx';
import styles from './Policies.module.css';
import { PoliciesDialog } from './PoliciesDialog.tsx';

/** Opens one photo under all size policies. */
export function PoliciesButton({ id, inspection }: { id: string; inspection: Inspection | null }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        look="quiet"
        icon={Scan}
        disabled={!inspection}
        aria-label="Compare five sizes"
        title="Compare five sizes: what the network sees, and what it answers"
        onClick={() => setOpen(true)}
      />
      {open && inspection && (
        <div className={styles['dialog']}>
          <PoliciesDialog
            id={id}
            facts={inspection.facts}
            preview={inspection.preview}
            onClose={() => setOpen(false)}
          />
        </div>
      )}
    </>
  );
}
