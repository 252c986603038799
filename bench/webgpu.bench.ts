/** A list of photos on WebGPU: how much of the time the GPU has nothing to do, and photos a second beside one at a time. Answers are compared. */
import { BENCH_OPTIONS } from '../src/bench/benchOptions.ts';
import { drawnJpeg } from '../src/bench/drawnPhoto.ts';
import { engine } from '../src/client/engineClient.ts';
import { onAllHands } from '../src/client/pool/onAllHands.ts';
import { pooledEngine } from '../src/client/pool/pooledEngine.ts';
import type { AnalyseOptions } from '../src/core/model.ts';
import { useStore } from '../src/store/store.ts';
import type { Bench, Row } from './table.ts';

const MOST_IDLE = 0.05;
const LEAST_BUSY = 0.9;
const LEAST_GAIN = 3;
const MOST_DIFFERENCE = 1e-6;

interface Outcome {
  seconds: number;
  /** Share of the time with nothing given to the GPU. */
  idle: number;
  scores: number[][];
}

/** Answers photos, and measures meanwhile. */
async function measured(count: number, answer: () => Promise<number[][]>): Promise<Outcome> {
  const [busy, started] = [await engine.busy(), performance.now()];
  const scores = await answer();
  const spent = performance.now() - started;
  if (scores.length !== count) throw new Error('a photo has no answer');
  return { seconds: spent / 1000, idle: Math.max(0, 1 - ((await engine.busy()) - busy) / spent), scores };
}

export const bench: Bench = async (progress) => {
  const info = await engine.use('webgpu');
  useStore.getState().setBackend(info);
  const { software } = info;
  // In software a photo of 224² takes a second or more of all cores; small ones leave more to wait for between them.
  const [side, count] = software ? [96, 48] : [224, 400];
  const options: AnalyseOptions = { ...BENCH_OPTIONS, policy: { kind: 'area', side }, looks: 1 };
  const sizes = [
    [640, 480],
    [480, 640],
    [600, 600],
  ] as const;
  const photos: Blob[] = [];
  for (let i = 0; i < count; i++) {
    // Runs of one size, as a camera's are.
    const [width, height] = sizes[Math.floor((i * sizes.length) / count)] ?? sizes[0];
    photos.push(await drawnJpeg(width, height, i));
  }
  const image = (blob: Blob, i: number) => ({ blob, name: `${i}.jpg` });
  const scoresOf = ({ top }: { top: { score: number }[] }) => top.map(({ score }) => score);
  const alone = async () => {
    const scores: number[][] = [];
    for (const [i, blob] of photos.entries()) {
      scores.push(scoresOf(await engine.analyse(`alone ${i}`, image(blob, i), options)));
    }
    return scores;
  };
  const listed = async () => {
    let nth = 0;
    const answers = await onAllHands(photos, async (blob, task) =>
      scoresOf(await pooledEngine.analyse(task, image(blob, nth++), options)),
    );
    return answers.map((answer) => {
      if (answer instanceof Error) throw answer;
      return answer;
    });
  };
  // Programs of every batch size are compiled, and the workers are there.
  await listed();
  progress(`${count} photos were answered once`);
  const list = await measured(count, listed);
  progress(`as a list: ${(count / list.seconds).toFixed(2)} a second`);
  const one = await measured(count, alone);
  progress(`one at a time: ${(count / one.seconds).toFixed(2)} a second`);
  let difference = 0;
  list.scores.forEach((scores, i) =>
    scores.forEach((score, k) => (difference = Math.max(difference, Math.abs(score - (one.scores[i]?.[k] ?? NaN))))),
  );
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const row = (name: string, { seconds, idle }: Outcome, target?: Row['target']): Row => ({
    cells: [name, `${seconds.toFixed(1)} s`, (count / seconds).toFixed(2), percent(idle)],
    ...(target && { target }),
  });
  const gain = one.seconds / list.seconds;
  const most = software ? MOST_IDLE : 1 - LEAST_BUSY;
  return [
    {
      title: `${count} photos of three sizes at an area of ${side}² on ${info.device}`,
      columns: ['photos', 'time', 'photos a second', 'with nothing for the GPU to do'],
      rows: [
        row('one at a time', one),
        row('as a list', list, { text: `≤ ${percent(most)}`, met: list.idle <= most }),
        {
          cells: ['ratio', '', gain.toFixed(2), ''],
          ...(!software && { target: { text: `≥ ${LEAST_GAIN}`, met: gain >= LEAST_GAIN } }),
        },
        {
          cells: ['largest difference of a probability', '', difference.toExponential(1), ''],
          target: { text: `≤ ${MOST_DIFFERENCE}`, met: difference <= MOST_DIFFERENCE },
        },
      ],
      notes: [
        'Nothing for the GPU to do: no work was given to it whose answer is still awaited, of all the time from the first photo to the last answer.',
        ...(software ? ['A GPU in software takes the cores that decode: photos a second say nothing here.'] : []),
      ],
    },
  ];
};
