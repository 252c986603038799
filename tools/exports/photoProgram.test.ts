import { spawnSync } from 'node:child_process';
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { PYTHON_OPENED } from '../../src/formats/photoProgram.ts';
import { pngOfChunks } from './png.ts';

const PROGRAM = `import io, json, sys
import numpy as np
from PIL import Image, ImageCms, ImageOps
${PYTHON_OPENED}
print(json.dumps(np.asarray(opened(io.BytesIO(sys.stdin.buffer.read()))).tolist()))
`;
/** A Python that has Pillow: the one that is named, the one on the PATH, or the system's. */
const python = [process.env['ANYSIZE_PYTHON'], 'python3', '/usr/bin/python3'].find(
  (name) => name && spawnSync(name, ['-c', 'import PIL, numpy']).status === 0,
);

/** The photo as the exported programs see it, [height][width][3]. */
function opened(photo: Uint8Array): number[][][] {
  const run = spawnSync(python ?? '', ['-c', PROGRAM], { input: photo, encoding: 'utf8' });
  expect(run.status, run.stderr).toBe(0);
  return JSON.parse(run.stdout) as number[][][];
}

/** The least of an ICC profile: three primaries (PCS XYZ, D50) and one gamma for all. */
function matrixProfile(primaries: readonly (readonly number[])[], gamma: number): Buffer {
  const s15 = (value: number) => Math.round(value * 65536);
  const xyz = (values: readonly number[]) => {
    const tag = Buffer.alloc(20);
    tag.write('XYZ ');
    values.forEach((value, i) => tag.writeInt32BE(s15(value), 8 + 4 * i));
    return tag;
  };
  const curve = Buffer.alloc(16);
  curve.write('curv');
  curve.writeUInt32BE(1, 8);
  curve.writeUInt16BE(Math.round(gamma * 256), 12);
  const description = Buffer.alloc(108);
  description.write('desc');
  description.writeUInt32BE(5, 8);
  description.write('wide', 12);
  const white = [0.9642, 1, 0.8249];
  const tags: [string, Buffer][] = [
    ['desc', description],
    ['wtpt', xyz(white)],
    ...['rXYZ', 'gXYZ', 'bXYZ'].map((name, i): [string, Buffer] => [name, xyz(primaries[i] ?? [])]),
    ...['rTRC', 'gTRC', 'bTRC'].map((name): [string, Buffer] => [name, curve]),
  ];
  const table = Buffer.alloc(4 + 12 * tags.length);
  table.writeUInt32BE(tags.length);
  let at = 128 + table.length;
  tags.forEach(([name, data], i) => {
    table.write(name, 4 + 12 * i);
    table.writeUInt32BE(at, 8 + 12 * i);
    table.writeUInt32BE(data.length, 12 + 12 * i);
    at += data.length;
  });
  const header = Buffer.alloc(128);
  header.writeUInt32BE(at);
  header.writeUInt32BE(0x02100000, 8);
  header.write('mntrRGB XYZ ', 12);
  header.write('acsp', 36);
  white.forEach((value, i) => header.writeInt32BE(s15(value), 68 + 4 * i));
  return Buffer.concat([header, table, ...tags.map(([, data]) => data)]);
}

test.skipIf(!python)('the exported programs see 16-bit grey as the browser does, not as white', () => {
  const values = [0, 255, 256, 32768, 65535];
  const row = Buffer.alloc(1 + 2 * values.length);
  values.forEach((value, i) => row.writeUInt16BE(value, 1 + 2 * i));
  const photo = pngOfChunks({ width: values.length, height: 1, depth: 16, colour: 0 }, [['IDAT', deflateSync(row)]]);
  expect(opened(photo)).toEqual([[0, 0, 1, 128, 255].map((value) => [value, value, value])]);
});

test.skipIf(!python)('the exported programs turn a wide-gamut profile into sRGB', () => {
  // Adobe RGB (1998), adapted to D50.
  const adobe = matrixProfile(
    [
      [0.60974, 0.31111, 0.01947],
      [0.20528, 0.62567, 0.06087],
      [0.14919, 0.06322, 0.74457],
    ],
    2.19921875,
  );
  const iccp = Buffer.concat([Buffer.from('wide\0\0', 'latin1'), deflateSync(adobe)]);
  const row = Buffer.from([0, 150, 120, 100, 128, 128, 128]);
  const photo = pngOfChunks({ width: 2, height: 1, depth: 8, colour: 2 }, [
    ['iCCP', iccp],
    ['IDAT', deflateSync(row)],
  ]);
  // By the matrices and curves of both spaces; as bytes alone it would stay 150, 120, 100.
  const wanted = [161, 120, 98];
  const [[coloured, grey] = []] = opened(photo);
  coloured?.forEach((value, c) => expect(Math.abs(value - (wanted[c] ?? 0))).toBeLessThanOrEqual(2));
  grey?.forEach((value) => expect(Math.abs(value - 128)).toBeLessThanOrEqual(1));
  // The same with an alpha channel, which the conversion leaves alone.
  const rgba = Buffer.from([0, 150, 120, 100, 255, 128, 128, 128, 0]);
  const [[opaque, clear] = []] = opened(
    pngOfChunks({ width: 2, height: 1, depth: 8, colour: 6 }, [
      ['iCCP', iccp],
      ['IDAT', deflateSync(rgba)],
    ]),
  );
  expect(opaque).toEqual(coloured);
  expect(clear).toEqual([255, 255, 255]);
});
