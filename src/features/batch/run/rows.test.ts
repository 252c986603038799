import { expect, test } from 'vitest';
import type { Analysis } from '../../../core/model.ts';
import { DEFAULT_POLICY, planSize } from '../../../core/size/sizing.ts';
import { doneRow } from './rows.ts';

const size = { width: 4000, height: 3000 };
const photo = { key: 'a', path: 'trip/a.jpg', file: new File(['x'], 'a.jpg', { lastModified: 5 }) };

function analysed(facts: Partial<Analysis['facts']>): Analysis {
  return {
    facts: { ...size, format: 'JPEG', bytes: 1, ...facts },
    plan: planSize(size, DEFAULT_POLICY),
    map: { height: 9, width: 11, channels: 1280 },
    backbone: 'embedded',
    vectorLength: 26_880,
    backend: 'wasm',
    head: null,
    top: [],
    notices: [],
    times: { decode: 1, size: 1, backbone: 1, spp: 1, head: 1, total: 5 },
    thumbnail: null,
    tiles: null,
  };
}

test('a row keeps by how much its photo was decoded smaller, beside the size that the photo has', () => {
  expect(doneRow(photo, analysed({ reduction: 4 }), [])).toMatchObject({ ...size, reduction: 4, modified: 5 });
  expect(doneRow(photo, analysed({}), [])).not.toHaveProperty('reduction');
});
