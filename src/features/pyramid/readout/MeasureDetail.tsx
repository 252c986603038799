import { type ReactNode } from 'react';
import type { ClassEvidence } from '../../../core/model.ts';
import type { BlockName } from '../../../core/recipe/recipe.ts';
import { count, plural } from '../../../ui/format.ts';
import { evidenceSum } from './measures.ts';
import styles from './MeasureDetail.module.css';
import { isPerCell, type PanelModel } from '../panelModel.ts';

export interface MeasureDetailProps {
  model: PanelModel;
  /** Colour scale of the measure. */
  legend: ReactNode;
}

const minus = (text: string): string => text.replaceAll('-', '−');
const exact = (value: number): string => minus(value.toFixed(4));

/** The colours of the measure, and a word on it or the sum of a class's evidence. Keeps its height. */
export function MeasureDetail({ model, legend }: MeasureDetailProps) {
  const noHead = model.classes.length === 0 && !model.inspection.headPyramid;
  return (
    <div className={styles['detail']}>
      {legend}
      {model.measure === 'strength' && (
        <p>
          L2 norm of each bin’s {count(model.channels)} values: how much MobileNetV2 found there.
          {noHead && ' Evidence needs classes: choose some, or train your own.'}
        </p>
      )}
      {model.measure === 'evidence' && <EvidenceSum model={model} />}
    </div>
  );
}

function EvidenceSum({ model }: { model: PanelModel }) {
  const { evidence, inspection } = model;
  if (!evidence) return null;
  const sum = evidenceSum(evidence);
  const perCell = isPerCell(model);
  const parts = perCell ? `${inspection.map.height * inspection.map.width} cells` : plural(model.bins.length, 'bin');
  return (
    <>
      <p className={styles['sum']}>
        <span>
          {parts} {exact(sum.evidence)}
          {sum.middle !== null && ` + middle layer ${exact(sum.middle)}`} + bias {exact(sum.bias)} = {exact(sum.total)}
        </span>
        <span className={styles['logit']}>
          logit {exact(sum.logit)}; difference {sum.difference === 0 ? '0' : minus(sum.difference.toExponential(1))}
        </span>
      </p>
      {evidence.blocks && <Blocks blocks={evidence.blocks} />}
      {perCell && <p>This head takes the mean over all cells, so its evidence is per cell, not per bin.</p>}
    </>
  );
}

const BLOCK_NAMES: Record<BlockName, string> = { whole: '1×1', middle: 'middle layer', two: '2×2', four: '4×4' };

/** The parts that the head's vector is made of: how much each weighs, and what it says of the class. */
function Blocks({ blocks }: { blocks: NonNullable<ClassEvidence['blocks']> }) {
  return (
    <p className={styles['sum']}>
      {blocks.map(({ name, weight, total }) => (
        <span key={name} className={styles['logit']}>
          {BLOCK_NAMES[name]} (weight {weight}): {exact(total)}
        </span>
      ))}
    </p>
  );
}
