import { expect, test } from 'vitest';
import { row } from '../../core/batchFixtures.ts';
import { batchCsv, batchObjects } from './batchCsv.ts';
import { jsonLines, textBlob } from '../textBlob.ts';

const rows = [
  row('trip/=cmd|calc.jpg', 'cat, or "dog"', 0.75, {
    top: [
      { label: 'cat, or "dog"', score: 0.75 },
      { label: '@home', score: 0.125 },
    ],
  }),
  row('=1+1.png', 'Straße\nzwei', 0.5, {
    unknown: true,
    policy: { kind: 'native', maxPixels: 1_000_000 },
    minSide: 96,
    scales: [224, 'native'],
    reduction: 4,
  }),
  row('broken.jpg'),
];

/** RFC 4180, as any reader of it reads it. */
function parse(text: string): string[][] {
  const lines: string[][] = [[]];
  const cells = text.matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|$)/g);
  for (const [, cell = '', end] of cells) {
    lines.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === '\r\n') lines.push([]);
    if (end === '') break;
  }
  return lines.slice(0, -1);
}

test('a line a photo, read back whole; what would run as a formula has an apostrophe in front', () => {
  const text = [...batchCsv(rows, false)].join('');
  const [header = [], ...lines] = parse(text);
  const tables = lines.map((line) => Object.fromEntries(header.map((name, i) => [name, line[i]])));
  expect(lines.every((line) => line.length === header.length)).toBe(true);
  expect(tables[0]).toMatchObject({
    path: 'trip/=cmd|calc.jpg',
    name: "'=cmd|calc.jpg",
    modified: '1970-01-01T00:00:00.000Z',
    result: 'ok',
    class: 'cat, or "dog"',
    score: '0.75',
    unknown: '',
    'class 2': "'@home",
    'score 2': '0.125',
    'class 3': '',
    'width px': '40',
    'height px': '30',
    'decoded smaller by': '',
    'time ms': '12.5',
    head: 'ImageNet labels',
    'size policy': 'area-300',
    'minimum side px': '',
    'averaged sizes': '',
    backend: 'wasm',
    error: '',
  });
  expect(tables[1]).toMatchObject({
    path: "'=1+1.png",
    class: 'Straße\nzwei',
    unknown: 'yes',
    'size policy': 'native-1000000',
    'minimum side px': '96',
    'averaged sizes': '224 native',
    'decoded smaller by': '4',
  });
  expect(tables[2]).toMatchObject({ result: 'failed', class: '', score: '', 'width px': '', error: 'cut short' });
});

test('the byte order mark stands first, and only when it is asked for', async () => {
  const bytes = async (mark: boolean) =>
    new Uint8Array(await (await textBlob(batchCsv([], mark), 'text/csv')).arrayBuffer());
  expect(Array.from((await bytes(true)).slice(0, 7))).toEqual([0xef, 0xbb, 0xbf, ...new TextEncoder().encode('path')]);
  expect(Array.from((await bytes(false)).slice(0, 4))).toEqual([...new TextEncoder().encode('path')]);
});

test('JSON lines have every text as it was, one object a line', () => {
  const text = [...jsonLines(batchObjects(rows))].join('');
  const lines = text.split('\n');
  expect(lines.pop()).toBe('');
  const objects = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(objects).toHaveLength(3);
  expect(objects[1]).toMatchObject({
    path: '=1+1.png',
    top: [{ label: 'Straße\nzwei', score: 0.5 }],
    unknown: true,
    width: 40,
    policy: { kind: 'native', maxPixels: 1_000_000 },
    minSide: 96,
    scales: [224, 'native'],
    reduction: 4,
  });
  expect(objects[2]).toEqual({
    path: 'broken.jpg',
    name: 'broken.jpg',
    bytes: 1,
    modified: '1970-01-01T00:00:00.000Z',
    result: 'failed',
    error: { name: 'UnreadableImage', message: 'cut short' },
    head: 'ImageNet labels',
    policy: { kind: 'area', side: 300 },
  });
});

test('a file of many pieces is the texts in their order', async () => {
  const texts = Array.from({ length: 3000 }, (_, i) => `${i} ${'é'.repeat(200)}\n`);
  const blob = await textBlob(texts, 'text/plain');
  expect(blob.type).toBe('text/plain;charset=utf-8');
  expect(await blob.text()).toBe(texts.join(''));
});
