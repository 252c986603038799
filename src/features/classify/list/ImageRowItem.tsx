import { CircleAlert, X } from 'lucide-react';
import { type CSSProperties, memo } from 'react';
import { looksAt } from '../../../core/labels/looks.ts';
import { answerWords } from '../../../core/labels/plainAnswer.ts';
import type { Analysis, Size, Stage } from '../../../core/model.ts';
import { policyName, samePolicy } from '../../../core/size/sizing.ts';
import { changesInput, sameScales } from '../../../store/freshness.ts';
import { headName, unknownBelow } from '../../../store/heads.ts';
import type { ImageRow } from '../../../store/images.ts';
import type { HeadEntry, Settings } from '../../../store/settings.ts';
import { useStore } from '../../../store/store.ts';
import { FileName } from '../../../ui/FileName.tsx';
import { dimensions, percent, visibleName } from '../../../ui/format.ts';
import styles from './ImageList.module.css';
import { tileWords } from '../stage/TileStatus.tsx';
import { queue } from './queue.ts';

const STAGE_WORDS: Record<Stage, string> = {
  decode: 'Reading the file…',
  size: 'Resampling…',
  backbone: 'Computing the feature map…',
  spp: 'Pooling…',
  head: 'Scoring…',
};

/** Failures of the engine: the photo itself may be sound. */
const NOT_THE_FILE = new Set(['NoBackend', 'BadModel', 'DeviceLost', 'OutOfMemory', 'UnknownHead']);

/** What a row that has no answer is doing, in words. */
export function statusWords(row: ImageRow): string {
  if (row.status === 'working' && row.tile) return tileWords(row.tile);
  if (row.status === 'working') return row.stage ? STAGE_WORDS[row.stage] : 'Starting…';
  if (row.status === 'cancelled') return 'Cancelled';
  if (row.status === 'failed') return NOT_THE_FILE.has(row.error?.name ?? '') ? 'Not classified' : 'Could not be read';
  return 'Waiting';
}

/** Why a row failed, without the file's name, which stands over it and would take all the room. */
function reasonWords(message: string): string {
  const reason = message.replace(/^“[^”]*” /, '');
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}

/** The best class in words. */
function bestWords(analysis: Analysis, heads: readonly HeadEntry[]): string {
  const best = analysis.top[0];
  if (!best) return 'No classes';
  if (analysis.said) return visibleName(answerWords(analysis.said));
  return unknownBelow(analysis, heads) === null ? visibleName(best.label) : `Unknown (${visibleName(best.label)}?)`;
}

/** The percentage beside those words; none where it is not sure. */
function bestScore({ said, top }: Analysis): string {
  if (said?.kind === 'unsure') return '';
  return percent(said?.probability ?? top[0]?.score ?? 0);
}

/** What an answer was made with that is no longer chosen: the size policy, else the minimum side, the sizes averaged, the looks, the head. */
function madeWith(analysis: Analysis, chosen: Settings, heads: readonly HeadEntry[]): string {
  const { plan, scales, head } = analysis;
  if (!samePolicy(plan.policy, chosen.policy)) return policyName(plan.policy);
  if (changesInput(analysis, chosen.minSide))
    return plan.minSide ? `minimum side ${plan.minSide} px` : 'no minimum side';
  if (head && !sameScales(analysis, chosen.scales)) return scales ? `${scales.length} sizes averaged` : 'one size';
  const looks = analysis.logits?.looks.length;
  if (looks && looks !== looksAt(chosen.policy, chosen.looks).length) return looks === 1 ? 'one look' : 'two looks';
  return headName(analysis, heads) ?? 'no head';
}

/** From this aspect on a thumbnail is drawn as a band of visible thickness, not in its own shape. */
const THIN = 7;

/** A class for a thumbnail that would be too thin to be seen; undefined for all others. */
function thinClass(facts: Size | null | undefined): string | undefined {
  if (!facts) return undefined;
  if (facts.width * THIN < facts.height) return styles['upright'];
  return facts.height * THIN < facts.width ? styles['lying'] : undefined;
}

export interface ImageRowItemProps {
  id: string;
  domId: string;
  style: CSSProperties;
  tile: boolean;
  /** Its answer was made with other settings than the ones chosen now. */
  stale: boolean;
  position: number;
  total: number;
}

/** One image of the list: thumbnail, name, best class, own size and time. */
export const ImageRowItem = memo(function ImageRowItem({
  id,
  domId,
  style,
  tile,
  stale,
  position,
  total,
}: ImageRowItemProps) {
  const row = useStore((state) => state.rows[id]);
  const selected = useStore((state) => state.selectedId === id);
  const settings = useStore((state) => state.settings);
  const heads = useStore((state) => state.heads);
  const selectImage = useStore((state) => state.selectImage);
  if (!row) return null;
  const { analysis } = row;
  const busy = row.status === 'queued' || row.status === 'working';
  return (
    // The list around it takes the keys.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={domId}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- see ImageList
      role="option"
      aria-selected={selected}
      data-status={row.status}
      data-error={row.error?.name}
      aria-posinset={position}
      aria-setsize={total}
      className={`${styles['row']} ${tile ? styles['tile'] : ''}`}
      style={style}
      onClick={() => selectImage(id)}
    >
      <div className={styles['thumb']}>
        {row.thumbnailUrl ? (
          <img className={thinClass(row.facts)} src={row.thumbnailUrl} alt="" />
        ) : (
          row.status === 'failed' && <CircleAlert size={16} aria-hidden className={styles['failed']} />
        )}
      </div>
      <div className={styles['text']}>
        <div className={styles['name']}>
          <FileName name={row.name} title={row.path} />
          {/* For the pointer only; the keyboard's way is Delete. */}
          <span
            className={styles['remove']}
            aria-hidden
            title="Remove (Delete)"
            onClick={(event) => {
              event.stopPropagation();
              queue.remove([id]);
            }}
          >
            <X size={14} />
          </span>
        </div>
        {analysis ? (
          <>
            <div className={styles['answer']}>
              <bdi>{bestWords(analysis, heads)}</bdi>
              {analysis.top[0] && <span>{bestScore(analysis)}</span>}
            </div>
            <div className={styles['meta']}>
              {stale && !busy
                ? `made with ${madeWith(analysis, settings, heads)}`
                : dimensions(analysis.facts) + (busy ? ` · ${statusWords(row)}` : '')}
            </div>
          </>
        ) : (
          <>
            <div className={row.status === 'failed' ? styles['failed'] : styles['meta']}>{statusWords(row)}</div>
            <div className={styles['meta']} title={row.error?.message}>
              {row.error ? reasonWords(row.error.message) : '\u00a0'}
            </div>
          </>
        )}
      </div>
    </div>
  );
});
