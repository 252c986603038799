import type { BoxEvidence, Find, WindowOnMap } from '../../../core/find/model.ts';
import { Heatmap } from '../../../ui/charts/Heatmap.tsx';
import { Legend } from '../../../ui/charts/Legend.tsx';
import { colourOf, diverging, type Scale } from '../../../ui/charts/palettes.ts';
import { plural, visibleName, wholePercent } from '../../../ui/format.ts';
import { MAP_NAMES, mapSum, signed, sumWords } from './evidenceWords.ts';
import styles from './see.module.css';

/** One scale for all bins of a box, so that its maps can be compared. */
export function evidenceScaleOf({ maps }: BoxEvidence): Scale {
  const all = maps.flatMap(({ bins }) => bins.map(({ evidence }) => Math.abs(evidence)));
  return diverging(all.reduce((a, b) => Math.max(a, b), 0));
}

export interface BoxReadoutProps {
  find: Find;
  /** The finder has learned from this photo since the find was measured. */
  measured: boolean;
  evidence: BoxEvidence | null;
  /** The map whose cells stand over the photo. */
  onMap: (map: WindowOnMap['map']) => void;
  map: WindowOnMap['map'];
}

/** Why a box has its score: its bins on each map, what each adds, and that they add up. */
export function BoxReadout({ find, measured, evidence, map, onMap }: BoxReadoutProps) {
  const name = visibleName(find.label);
  if (!evidence) {
    return (
      <div className={styles['readout']}>
        <h4>Why “{name}” here</h4>
        <p className={styles['quiet']}>Looking at its cells…</p>
      </div>
    );
  }
  const scale = evidenceScaleOf(evidence);
  const moved = Math.abs(evidence.score - find.score) > 0.005;
  return (
    <div className={styles['readout']}>
      <h4>
        Why “{name}” here: score {signed(evidence.score)} ({wholePercent(evidence.probability)})
      </h4>
      {evidence.maps.map((one) => (
        <OnMap
          key={one.map}
          of={one}
          scale={scale}
          shown={one.map === map}
          {...(evidence.maps.length > 1 && { onShow: () => onMap(one.map) })}
        />
      ))}
      <Legend scale={scale} label="What a bin adds to the score" format={signed} />
      <p>{sumWords(evidence)}</p>
      {moved && (
        <p className={styles['quiet']}>
          {measured
            ? 'When it was measured, before the finder had learned from this photo, the find had a score of '
            : 'The window that the find began as had a score of '}
          {signed(find.score)}
          {measured ? '.' : '; the box was then moved to where the regressor and its neighbours put it.'}
        </p>
      )}
    </div>
  );
}

interface OnMapProps {
  of: WindowOnMap;
  scale: Scale;
  shown: boolean;
  onShow?: () => void;
}

function OnMap({ of, scale, shown, onShow }: OnMapProps) {
  const { map, stride, cells, bins, size } = of;
  const [across, down] = [cells.right - cells.left, cells.bottom - cells.top];
  const levels = [...new Set(bins.map(({ level }) => level))];
  const title = `${MAP_NAMES[map]}, stride ${stride}: ${signed(mapSum(of))}`;
  return (
    <div className={styles['onMap']}>
      <p>
        {onShow ? (
          <button type="button" aria-pressed={shown} title="Show its cells over the photo" onClick={onShow}>
            {title}
          </button>
        ) : (
          title
        )}
        <small>
          {across}×{down} of its {plural(size.width * size.height, 'cell')}
        </small>
      </p>
      <div className={styles['levels']}>
        {levels.map((level) => {
          const own = bins.filter((bin) => bin.level === level);
          const n = Math.sqrt(own.length);
          return (
            <div key={level} className={styles['level']}>
              <Heatmap
                rows={n}
                columns={n}
                colour={(i) => colourOf(scale, own[i]?.evidence ?? 0)}
                text={(i) => (n <= 3 ? signed(own[i]?.evidence ?? 0) : null)}
                label={`${MAP_NAMES[map]}, level ${n}×${n}: what each bin adds`}
                cellLabel={(i) =>
                  `row ${Math.floor(i / n) + 1}, column ${(i % n) + 1}: ${signed(own[i]?.evidence ?? 0)}`
                }
                active={null}
                chosen={null}
                tabStop={0}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}
