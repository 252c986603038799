/**
 * How often a hint is right (IoU ≥ 0.5 with a thing of its class; issue 12, §3): of the built-in classes on detect/coco, and of heads trained with
 * the app's default features, on whole photos (raccoons and flowers) and on pieces of COCO's photos. On WASM.
 */
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { type Box, boxArea, iou } from '../src/core/find/boxes.ts';
import type { HeadChoice, ImageInput } from '../src/core/model.ts';
import { DEFAULT_SPLIT, DEFAULT_TRAINING, DEFAULT_VECTORS } from '../src/core/training/defaults.ts';
import type { TrainingSample } from '../src/core/training/model.ts';
import { classNamed } from '../src/features/find/suggest/classNamed.ts';
import { AnysizeEngine } from '../src/worker/engine.ts';
import { raccoons } from './findRaccoons.ts';
import type { Bench, Row } from './table.ts';

/** Whole photos of a class that are learned from, and photos that hints are asked for. */
const LEARNED = 40;
const ASKED = 40;
/** Pieces of a class without which it is not learned. */
const LEAST_PIECES = 3;
/** Most pieces of a class: one of them is everywhere. */
const MOST_PIECES = 12;

interface Asked {
  image: ImageInput;
  label: string;
  truth: readonly Box[];
}

interface CocoRow {
  file: string;
  boxes: { bbox: [number, number, number, number]; label: string }[];
}

const fetched = async (url: string) => (await fetch(`/bench-shared/${url}`)).blob();

async function coco(): Promise<{ image: ImageInput; boxes: { label: string; box: Box }[] }[]> {
  const rows = (await (await fetch('/bench-shared/detect/coco/annotations.json')).json()) as CocoRow[];
  return Promise.all(
    rows.map(async ({ file, boxes }) => ({
      image: { blob: await fetched(`detect/coco/images/${file}`), name: file, key: file },
      boxes: boxes.map(({ label, bbox: [x, y, width, height] }) => ({
        label,
        box: [x, y, x + width, y + height] as const,
      })),
    })),
  );
}

/** Each class of each photo once, with its things. */
function questions(photos: Awaited<ReturnType<typeof coco>>, classes: readonly string[]): Asked[] {
  return photos.flatMap(({ image, boxes }) =>
    [...new Set(boxes.map(({ label }) => label))]
      .filter((label) => classNamed(classes, label) >= 0)
      .map((label) => ({ image, label, truth: boxes.flatMap((one) => (one.label === label ? [one.box] : [])) })),
  );
}

async function trained(engine: AnysizeEngine, photos: readonly { image: ImageInput; label: string }[]) {
  const classes = [...new Set(photos.map(({ label }) => label))].sort();
  const samples: TrainingSample[] = [];
  for (const [i, { image, label }] of photos.entries()) {
    const { hash, perceptual } = await engine.ingest(`hint ${i}`, image);
    samples.push({ id: String(i), classIndex: classes.indexOf(label), hash, perceptual, image });
  }
  const run = await engine.train('hint train', {
    name: 'hints',
    classes,
    samples,
    split: DEFAULT_SPLIT,
    vectors: DEFAULT_VECTORS,
    training: DEFAULT_TRAINING,
  });
  return run.head;
}

async function piece(blob: Blob, [left, top, right, bottom]: Box): Promise<Blob> {
  const bitmap = await createImageBitmap(blob, left, top, Math.max(1, right - left), Math.max(1, bottom - top));
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
}

export const bench: Bench = async (progress) => {
  setWasmPaths('/node_modules/@tensorflow/tfjs-backend-wasm/dist/');
  const engine = new AnysizeEngine();
  await engine.start('/', 'wasm');
  const rows: Row[] = [];
  const ask = async (name: string, head: HeadChoice, asked: readonly Asked[]) => {
    const classes = await engine.hintClasses(head);
    let right = 0;
    let whole = 0;
    let time = 0;
    for (const [i, { image, label, truth }] of asked.entries()) {
      progress(`${name}: ${i + 1} of ${asked.length}, ${right} right`);
      const started = performance.now();
      const { box, size } = await engine.hint('hint', image, head, classNamed(classes, label));
      time += performance.now() - started;
      const fits = (other: Box) => truth.some((own) => iou(own, other) >= 0.5);
      if (fits(box)) right++;
      if (fits([0, 0, size.width, size.height])) whole++;
    }
    const share = (count: number) => `${((100 * count) / asked.length).toFixed(0)} %`;
    rows.push({
      cells: [name, String(asked.length), share(right), share(whole), `${(time / asked.length).toFixed(0)} ms`],
    });
  };

  const photos = await coco();
  await ask('built-in classes, COCO', 'everyday', questions(photos, await engine.hintClasses('everyday')));

  const half = Math.ceil(photos.length / 2);
  const pieces = photos
    .slice(0, half)
    .flatMap(({ image, boxes }) =>
      boxes.filter(({ box }) => boxArea(box) >= 32 * 32).map(({ label, box }, i) => ({ image, label, box, i })),
    );
  const many = pieces.filter((own) => {
    const alike = pieces.filter(({ label }) => label === own.label);
    return alike.length >= LEAST_PIECES && alike.indexOf(own) < MOST_PIECES;
  });
  const ofCoco = await trained(
    engine,
    await Promise.all(
      many.map(async ({ image, label, box, i }) => {
        const name = `${i} ${image.name}`;
        return { label, image: { blob: await piece(image.blob, box), name, key: name } };
      }),
    ),
  );
  await ask('trained on pieces of COCO', { id: ofCoco.id }, questions(photos.slice(half), ofCoco.classes));

  const all = await raccoons(engine);
  const flowers: { image: ImageInput; label: string }[] = [];
  for (const label of ['daisy', 'roses', 'tulips']) {
    const names = (await (await fetch(`/bench-flowers/${label}`)).json()) as string[];
    for (const name of names
      .filter((file) => /\.jpe?g$/i.test(file))
      .toSorted()
      .slice(0, LEARNED)) {
      const blob = await (await fetch(`/bench-flowers/${label}/${encodeURIComponent(name)}`)).blob();
      flowers.push({ label, image: { blob, name, key: name } });
    }
  }
  const raccoon = all.slice(0, LEARNED).map(({ image }) => ({ image, label: 'raccoon' }));
  const ofWhole = await trained(engine, [...raccoon, ...flowers]);
  const asked = all.slice(LEARNED, LEARNED + ASKED).map(({ image, boxes }) => ({
    image,
    label: 'raccoon',
    truth: boxes.map(({ box }) => box),
  }));
  await ask('trained on whole photos, raccoons and flowers', { id: ofWhole.id }, asked);
  return [
    {
      title: 'Hints that are right (IoU ≥ 0.5)',
      columns: ['head', 'asked', 'right', 'the whole photo instead', 'time'],
      rows,
      notes: [],
    },
  ];
};
