import type { Analysis, Size, TilesInfo } from '../../../core/model.ts';
import { reducedSize, type Reduction } from '../../../core/size/reduction.ts';
import { describePolicy } from '../../../core/size/sizing.ts';
import { bytes, count, dimensions, milliseconds, plural } from '../../../ui/format.ts';
import styles from './Classes.module.css';
import { logitsLine } from './logitsLine.ts';
import { StageBar, StageKey, STAGES, stageTime } from './StageBar.tsx';

const BACKENDS = { webgpu: 'WebGPU', wasm: 'WASM', cpu: 'JavaScript' };

/** "24 tiles of 1,344 px, budget 2.1 MP". */
function tilesLine({ count: tiles, width, height, budget }: TilesInfo): string {
  const side = width === height ? count(width) : `${count(width)}×${count(height)}`;
  return `${plural(tiles, 'tile')} of ${side} px, budget ${(budget / 1e6).toFixed(1)} MP`;
}

/** "at 1/4 of its size, 1,156×867 px". */
function decodedLine(size: Size, reduction: Reduction): string {
  return `at 1/${reduction} of its size, ${dimensions(reducedSize(size, reduction))} px`;
}

/** "224, 256, 300 px and native". */
function scalesLine(scales: NonNullable<Analysis['scales']>): string {
  const sides = scales.flatMap(({ scale }) => (scale === 'native' ? [] : [scale])).join(', ');
  const native = scales.some(({ scale }) => scale === 'native');
  return [sides && `${sides} px`, native && 'native'].filter(Boolean).join(' and ');
}

/**
 * How the answer came about: sizes along the one path, and the time of each stage.
 * @param pooled false where the pyramid does not fit the map, so that there is no vector
 */
export function Numbers({ analysis, pooled }: { analysis: Analysis; pooled: boolean }) {
  const { facts, plan, map, vectorLength, backend, backbone, times, tiles, scales, logits } = analysis;
  const rows: [string, string][] = [
    ['Own size', `${dimensions(facts)} px`],
    ['File', `${facts.format.toUpperCase()}, ${bytes(facts.bytes)}`],
    ...(facts.reduction ? [['Decoded', decodedLine(facts, facts.reduction)] satisfies [string, string]] : []),
    [
      'Input',
      `${dimensions(plan.input)} px (${describePolicy(plan.policy)}${plan.minSide ? `, minimum side ${plan.minSide} px` : ''})`,
    ],
    ...(tiles ? [['Tiles', tilesLine(tiles)] satisfies [string, string]] : []),
    ['Feature map', `${dimensions(map)} cells × ${map.channels} channels`],
    [
      'Vector',
      pooled ? `${vectorLength / map.channels} × ${map.channels} = ${count(vectorLength)}` : 'none with this pyramid',
    ],
    ...(scales
      ? [['Classes', `mean of ${scales.length} sizes: ${scalesLine(scales)}`] satisfies [string, string]]
      : []),
    ...(logits ? [['Percentages', logitsLine(logits)] satisfies [string, string]] : []),
    ['Backbone', backbone === 'embedded' ? 'embedded, float16' : 'official, float32'],
    ['Backend', BACKENDS[backend]],
  ];
  return (
    <section className={styles['numbers']} aria-labelledby="numbers-title">
      <h2 id="numbers-title">Numbers</h2>
      <dl className={styles['list']}>
        {rows.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className={styles['stages']}>
        <StageBar times={times} />
      </div>
      <dl className={styles['list']}>
        {STAGES.map(([stage, name]) => (
          <div key={stage} style={{ display: 'contents' }}>
            <dt>
              <StageKey stage={stage} {...(styles['key'] ? { className: styles['key'] } : {})} />
              {name}
            </dt>
            <dd>{stageTime(stage, times)}</dd>
          </div>
        ))}
        <div style={{ display: 'contents' }}>
          <dt>In all, with waiting</dt>
          <dd>{milliseconds(times.total)}</dd>
        </div>
      </dl>
    </section>
  );
}
