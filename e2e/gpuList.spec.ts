/** A list of photos on WebGPU: others decode while the GPU computes, and the answers are those of each photo alone. */
import { expect, LONG, test } from './fixtures.ts';

const PHOTOS = 7;

/** What the engine's worker is made to note. */
interface Noted {
  decoded: number;
  workers: number;
}

test('a list on WebGPU is decoded beside the engine and answered as photo by photo', LONG, async ({ engine }) => {
  test.setTimeout(300_000);
  const page = await engine('webgpu', 'list on a GPU');
  const names = await Promise.all(
    page.workers().map(async (worker) => ({ worker, name: await worker.evaluate(() => self.name).catch(() => '') })),
  );
  const first = names.find(({ name }) => name === 'anysize-engine')?.worker;
  if (!first) throw new Error('no engine');
  await first.evaluate(() => {
    const noted: Noted = { decoded: 0, workers: 0 };
    const { createImageBitmap, Worker } = self;
    Object.assign(self, {
      noted,
      createImageBitmap(...args: unknown[]) {
        if (args[0] instanceof Blob) noted.decoded++;
        return Reflect.apply(createImageBitmap, self, args);
      },
      Worker: class extends Worker {
        constructor(url: string | URL, options?: WorkerOptions) {
          super(url, options);
          noted.workers++;
        }
      },
    });
  });
  const noted = () => first.evaluate(() => ({ ...(self as unknown as { noted: Noted }).noted }));
  await page.evaluate(async (count) => {
    const drawn: Blob[] = [];
    for (let i = 0; i < count; i++) {
      const canvas = new OffscreenCanvas(320, 240);
      const drawing = canvas.getContext('2d');
      if (!drawing) throw new Error('no canvas');
      drawing.fillStyle = `hsl(${i * 47} 60% 60%)`;
      drawing.fillRect(0, 0, 320, 240);
      drawing.fillStyle = '#124';
      for (let k = 0; k < 4; k++) drawing.fillRect(20 + i * 9 + k * 60, 30 + ((i * 37 + k * 49) % 150), 35 + i, 50);
      drawn.push(await canvas.convertToBlob());
    }
    // One that cannot be read fails alone.
    drawn[2] = new Blob([drawn[2]?.slice(0, 80) ?? '']);
    Object.assign(window, { drawn });
  }, PHOTOS);
  const listed = await page.evaluate(async () => {
    const photos = (window as unknown as { drawn: Blob[] }).drawn;
    const answers = await window.anysize.classifyAll(photos, { policy: { kind: 'area', side: 64 }, looks: 1 });
    return answers.map((answer) => (answer instanceof Error ? answer.name : answer.map(({ score }) => score)));
  });
  const { decoded, workers } = await noted();
  // The first two photos wait for no worker; what cannot be read is tried here once more, as it is and with an end put to it.
  expect(decoded).toBeLessThanOrEqual(4);
  expect(workers).toBeGreaterThanOrEqual(2);
  const alone = await page.evaluate(async () => {
    const photos = (window as unknown as { drawn: Blob[] }).drawn;
    const answers: (number[] | string)[] = [];
    for (const photo of photos) {
      const answer = await window.anysize
        .classify(photo, { policy: { kind: 'area', side: 64 }, looks: 1 })
        .catch((error: Error) => error.name);
      answers.push(typeof answer === 'string' ? answer : answer.map(({ score }) => score));
    }
    return answers;
  });
  expect(listed[2]).toBe('UnreadableImage');
  expect(alone[2]).toBe('UnreadableImage');
  for (const [i, scores] of listed.entries()) {
    const expected = alone[i] ?? [];
    if (typeof scores === 'string' || typeof expected === 'string') continue;
    expect(scores).toHaveLength(5);
    scores.forEach((score, k) => expect(Math.abs(score - (expected[k] ?? Number.NaN))).toBeLessThanOrEqual(1e-6));
  }
});
