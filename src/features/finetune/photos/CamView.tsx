import type { RunRow } from '../../../core/project/model.ts';
import { useEffect, useRef, useState } from 'react';
import { messageOf } from '../../../core/errors.ts';
import type { ClassActivation, Explanation } from '../../../core/training/model.ts';
import { useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { FileName } from '../../../ui/FileName.tsx';
import { dimensions, percent, visibleName } from '../../../ui/format.ts';
import { Legend } from '../../../ui/charts/Legend.tsx';
import { Note } from '../../../ui/notes/Note.tsx';
import { sequential, viridis } from '../../../ui/charts/palettes.ts';
import { RangeField } from '../../../ui/fields/RangeField.tsx';
import { useElementSize } from '../../../ui/hooks/useElementSize.ts';
import { useObjectUrl } from '../../../ui/files/useObjectUrl.ts';
import { camBox } from './camBox.ts';
import { engine } from '../../../client/engineClient.ts';
import { fileOf, imageOf } from '../../../client/files.ts';
import styles from './photos.module.css';

/** Classes of the answer that are listed. */
const LISTED = 6;

type Method = 'gradCam' | 'hiResCam';

const METHODS: Readonly<Record<Method, { name: string; key: 'values' | 'located'; what: string }>> = {
  gradCam: { name: 'Grad-CAM', key: 'values', what: 'weight on the logit' },
  hiResCam: { name: 'HiResCAM', key: 'located', what: 'share of the logit' },
};

/** Where the head looked in one photo, for the classes that matter: the predicted and the true one. */
function useExplanation(id: string, runId: string, classIndices: readonly number[]) {
  const [state, setState] = useState<{ explanation: Explanation | null; error: string | null }>({
    explanation: null,
    error: null,
  });
  const asked = classIndices.join(' ');
  useEffect(() => {
    let gone = false;
    imageOf(id)
      .then((input) => engine.explain(input, runId, asked.split(' ').map(Number)))
      .then(
        (explanation) => !gone && setState({ explanation, error: null }),
        (error: unknown) => !gone && setState({ explanation: null, error: messageOf(error) }),
      );
    return () => {
      gone = true;
    };
  }, [id, runId, asked]);
  return state;
}

/** The photo with Grad-CAM or HiResCAM over it, and what the run says of it. */
export function CamView({ id, run }: { id: string; run: RunRow }) {
  const photo = useStore((state) => state.photos.get(id));
  const prediction = run.predictions.find((one) => one.id === id);
  const predicted = prediction?.predicted ?? 0;
  const truth = prediction?.truth ?? 0;
  const asked = predicted === truth ? [predicted] : [predicted, truth];
  const { explanation, error } = useExplanation(id, run.id, asked);
  const [shown, setShown] = useState(predicted);
  const [opacity, setOpacity] = useState(0.6);
  const [chosen, setChosen] = useState<Method | null>(null);
  const activation = explanation?.activations.find(({ index }) => index === shown) ?? null;
  const gradCamEmpty = explanation !== null && highest(explanation, 'values') === 0;
  const method = chosen ?? (gradCamEmpty ? 'hiResCam' : 'gradCam');
  const { key, what } = METHODS[method];
  // One scale for both classes, so that their colours compare.
  const max = explanation ? highest(explanation, key) : 0;
  const ranked = (prediction?.probabilities ?? [])
    .map((score, index) => ({ score, index }))
    .sort((a, b) => b.score - a.score)
    .slice(0, LISTED);

  return (
    <div className={styles['columns']}>
      <div>
        <PhotoStage
          id={id}
          explanation={explanation}
          method={method}
          activation={activation}
          max={max}
          opacity={opacity}
        />
      </div>
      <div className={styles['side']}>
        {error && <Note tone="error">{error}</Note>}
        <div className={styles['choice']}>
          <h3>Where it looked</h3>
          <div className={styles['methods']} role="group" aria-label="Method">
            {(['gradCam', 'hiResCam'] as const).map((one) => (
              <Button key={one} aria-pressed={method === one} onClick={() => setChosen(one)}>
                {METHODS[one].name}
              </Button>
            ))}
          </div>
          <p className={styles['about']}>
            {method === 'hiResCam'
              ? 'Each bin’s say stands exactly at the cells it was pooled from; what speaks against the class is left out.'
              : 'Each channel counts by its mean slope over the whole picture: smooth, but blind to place.'}
          </p>
          {asked.map((index) => (
            <Button key={index} aria-pressed={shown === index} onClick={() => setShown(index)}>
              <FileName name={run.classes[index] ?? ''} />
              <small>
                {index === predicted && index === truth
                  ? 'predicted, right'
                  : index === truth
                    ? 'true class'
                    : 'predicted'}
              </small>
            </Button>
          ))}
          <RangeField
            label="Opacity"
            value={opacity}
            min={0}
            max={1}
            step={0.05}
            format={(value) => `${Math.round(value * 100)} %`}
            onChange={setOpacity}
          />
          <Legend
            scale={sequential(0, max || 1)}
            label={what}
            format={(value) => (max > 0 ? value.toPrecision(2) : value === 0 ? '0' : '–')}
          />
          {gradCamEmpty && (
            <p>
              Grad-CAM is empty here: it weighs each channel by its mean over the whole picture, so it cannot show a
              class that is about where things are. HiResCAM can; so can the evidence of each bin, in Classify.
            </p>
          )}
        </div>
        <div>
          <h3>Answer{prediction && prediction.side !== 'train' ? '' : ' (trained on this photo)'}</h3>
          <ul className={styles['scores']}>
            {ranked.map(({ index, score }) => (
              <li key={index}>
                <FileName name={run.classes[index] ?? ''} />
                <span className={styles['meter']}>
                  <span style={{ width: `${score * 100}%` }} />
                </span>
                <span>{percent(score)}</span>
              </li>
            ))}
          </ul>
        </div>
        <p className={styles['facts']}>
          {photo ? `${dimensions(photo)} px` : ''}
          {explanation
            ? `, seen at ${dimensions(explanation.input)} px as ${explanation.map.width}×${explanation.map.height} cells`
            : ''}
        </p>
      </div>
    </div>
  );
}

/** Largest value of one method over all classes shown; 0 when none is above 0. */
function highest({ activations }: Explanation, key: 'values' | 'located'): number {
  return activations.reduce((top, activation) => activation[key].reduce((a, b) => Math.max(a, b), top), 0);
}

interface PhotoStageProps {
  id: string;
  explanation: Explanation | null;
  method: Method;
  activation: ClassActivation | null;
  max: number;
  opacity: number;
}

/** The photo as large as fits, with the map's cells drawn smoothly over the part that the network saw. */
function PhotoStage({ id, explanation, method, activation, max, opacity }: PhotoStageProps) {
  const photo = useStore((state) => state.photos.get(id));
  const fileUrl = useObjectUrl(fileOf(id) ?? null);
  const previewUrl = useObjectUrl(explanation?.preview ?? null);
  const [box, room] = useElementSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = explanation?.facts ?? photo;
  const scale = size && size.width > 0 ? Math.min(room.width / size.width, room.height / size.height) : 0;
  const frame = size && { width: size.width * scale, height: size.height * scale };

  useEffect(() => {
    if (canvas.current && explanation && activation) {
      drawActivation(canvas.current, explanation, activation[METHODS[method].key], max);
    }
  }, [explanation, activation, method, max]);

  const place = explanation && camBox(explanation);
  return (
    <div ref={box} className={styles['stage']}>
      {frame && frame.width > 0 && (
        <div className={styles['frame']} style={frame}>
          {(previewUrl ?? fileUrl) && <img src={previewUrl ?? fileUrl ?? ''} alt={visibleName(photo?.name ?? '')} />}
          {place && (
            <canvas
              ref={canvas}
              role="img"
              aria-label={`${METHODS[method].name} for ${visibleName(activation?.label ?? '')}`}
              style={{
                left: `${place.left * 100}%`,
                top: `${place.top * 100}%`,
                width: `${place.width * place.keptWidth * 100}%`,
                height: `${place.height * place.keptHeight * 100}%`,
                opacity,
              }}
            />
          )}
        </div>
      )}
      {!explanation && <p className={styles['wait']}>Looking…</p>}
    </div>
  );
}

/** Pixels of the drawn overlay per cell: enough for the interpolation to look smooth. */
const CELL_PIXELS = 16;

function drawActivation(canvas: HTMLCanvasElement, explanation: Explanation, values: Float32Array, max: number): void {
  const { width, height } = explanation.map;
  const { keptWidth, keptHeight } = camBox(explanation);
  canvas.width = Math.max(1, Math.round(width * CELL_PIXELS * keptWidth));
  canvas.height = Math.max(1, Math.round(height * CELL_PIXELS * keptHeight));
  const ctx = canvas.getContext('2d');
  if (!ctx) return;
  const picture = ctx.createImageData(canvas.width, canvas.height);
  // What speaks against the class counts as nothing, as in Grad-CAM.
  const at = (x: number, y: number) =>
    Math.max(0, values[Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))] ?? 0);
  for (let py = 0; py < canvas.height; py++) {
    // Bilinear between the cells' centres, on values rather than colours, so that every colour is one of the legend.
    const fy = (py + 0.5) / CELL_PIXELS - 0.5;
    const y = Math.floor(fy);
    for (let px = 0; px < canvas.width; px++) {
      const fx = (px + 0.5) / CELL_PIXELS - 0.5;
      const x = Math.floor(fx);
      const top = at(x, y) * (1 - fx + x) + at(x + 1, y) * (fx - x);
      const bottom = at(x, y + 1) * (1 - fx + x) + at(x + 1, y + 1) * (fx - x);
      const value = top * (1 - fy + y) + bottom * (fy - y);
      const [r, g, b] = viridis(max > 0 ? value / max : 0);
      picture.data.set([r, g, b, 255], (py * canvas.width + px) * 4);
    }
  }
  ctx.putImageData(picture, 0, 0);
}
