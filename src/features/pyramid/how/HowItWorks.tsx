import type { ReactNode } from 'react';
import type { Inspection } from '../../../core/model.ts';
import { describePolicy } from '../../../core/size/sizing.ts';
import { count, dimensions, percent, plural, visibleName } from '../../../ui/format.ts';
import { useObjectUrl } from '../../../ui/files/useObjectUrl.ts';
import { rmsPerColumn } from '../readout/measures.ts';
import { sequential } from '../../../ui/charts/palettes.ts';
import { useBarcode } from '../figure/useBarcode.ts';
import { LevelSquares } from '../idea/LevelSquares.tsx';
import { cellScale } from '../overlay/CellTint.tsx';
import { panelModel } from '../panelModel.ts';
import { evidenceSum } from '../readout/measures.ts';
import styles from './HowItWorks.module.css';
import { StepPhoto } from './StepPhoto.tsx';

export interface HowItWorksProps {
  name: string;
  inspection: Inspection;
  /** The channel that is followed through the steps, and its cells of the map; null before they are there. */
  channel: number;
  cells: Float32Array | null;
}

const STRIP = 640;

/** Spatial pyramid pooling step by step on one photo, each step with its numbers. */
export function HowItWorks({ name, inspection, channel, cells }: HowItWorksProps) {
  const { facts, plan, map, pyramid, vector, evidence, head } = inspection;
  const url = useObjectUrl(inspection.preview);
  const model = panelModel(name, inspection, { measure: 'channel', channel, classIndex: null });
  const strip = useBarcode({
    values: vector,
    scale: sequential(
      0,
      rmsPerColumn(vector, STRIP).reduce((a, b) => Math.max(a, b), 1e-6),
    ),
    columns: STRIP,
  });
  const bins = model.bins.length;
  const best = evidence[0];
  const [top] = inspection.top;
  const sum = best && evidenceSum(best);
  const keeps = pyramid.pooling === 'max' ? 'largest' : 'mean';
  return (
    <ol className={styles['steps']}>
      <Step title="The photo, in its own shape" picture={<StepPhoto model={model} url={url} />}>
        <p>
          <strong>{visibleName(name)}</strong> has {dimensions(facts)} pixels. It goes into the network as{' '}
          {dimensions(plan.input)} pixels ({describePolicy(plan.policy)}).
        </p>
      </Step>
      <Step
        title="A map of what is where"
        picture={<StepPhoto model={model} url={url} cells={cells} scale={cells ? cellScale([cells]) : null} />}
      >
        <p>
          MobileNetV2 looks at it and writes down, for each of {dimensions(map)} cells, {count(map.channels)} numbers:
          how much of {count(map.channels)} patterns it found there. A cell stands for about 32×32 pixels. Another shape
          gives another grid.
        </p>
        <p>
          Over the photo: pattern (channel) {channel}
          {cells && `, from 0 to ${cells.reduce((a, b) => Math.max(a, b), 0).toFixed(2)}`}.
        </p>
      </Step>
      {pyramid.levels.map((n, level) => {
        const values = Array.from(model.values).slice(model.offsets[level], (model.offsets[level] ?? 0) + n * n);
        const bin = model.bins[model.offsets[level] ?? 0];
        return (
          <Step
            key={n}
            title={n === 1 ? '1×1: the whole photo' : `${n}×${n} bins`}
            picture={
              <div className={styles['pair']}>
                <StepPhoto model={model} url={url} grid={level} />
                <LevelSquares inspection={inspection} level={level} />
              </div>
            }
          >
            <p>
              {n === 1
                ? `One bin holds all ${dimensions(map)} cells`
                : `The map is laid out in ${n * n} bins; the first holds ${bin ? `${bin.right - bin.left}×${bin.bottom - bin.top}` : ''} cells`}
              . Each keeps the {keeps} value of each channel: {n * n} × {count(map.channels)} ={' '}
              <strong>{count(n * n * map.channels)}</strong> numbers.
            </p>
            <p className={styles['values']}>
              Channel {channel}: {values.map((value) => value.toFixed(2)).join(' · ')}
            </p>
          </Step>
        );
      })}
      <Step
        title="One vector, always as long"
        picture={<img className={styles['strip']} src={strip} alt={`The vector: ${count(vector.length)} numbers`} />}
      >
        <p>
          {pyramid.levels.length > 1 && `${pyramid.levels.map((n) => n * n).join(' + ')} = `}
          {plural(bins, 'bin')} × {count(map.channels)} = <strong>{count(vector.length)} numbers</strong>, whatever the
          photo’s size and shape.
          {bins > 1 && ' It still knows roughly where things are: that is what a pyramid adds to an average.'}
        </p>
      </Step>
      <Step title="The classes" picture={null}>
        {head && best && sum ? (
          <>
            <p>
              The classes (“{visibleName(head.name)}”) weigh{' '}
              {best.bins
                ? bins === 1
                  ? 'the one bin'
                  : `the ${bins} bins`
                : `the average of the ${dimensions(map)} cells, not the pyramid`}
              . For <strong>{visibleName(best.label.split(',')[0] ?? '')}</strong> the parts add up to{' '}
              {sum.evidence.toFixed(2)}; with the bias {sum.bias.toFixed(2)} that is {sum.total.toFixed(2)}. Compared
              with all other classes: <strong>{percent(best.score)}</strong>.
            </p>
            {!best.bins && <p>Classes that you teach in Fine-tune use the pyramid.</p>}
          </>
        ) : (
          <p>
            A linear layer weighs such numbers for each class; the largest sum wins.{' '}
            {head && top ? (
              <>
                “{visibleName(head.name)}” says <strong>{visibleName(top.label.split(',')[0] ?? '')}</strong>:{' '}
                {percent(top.score)}.
              </>
            ) : (
              'Choose classes in Classify, or teach your own in Fine-tune.'
            )}
          </p>
        )}
      </Step>
    </ol>
  );
}

function Step({ title, picture, children }: { title: string; picture: ReactNode; children: ReactNode }) {
  return (
    <li className={styles['step']}>
      <div className={styles['text']}>
        <h3>{title}</h3>
        {children}
      </div>
      <div className={styles['picture']}>{picture}</div>
    </li>
  );
}
