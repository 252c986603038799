import { SaxesParser } from 'saxes';
import type { BoxCollector, PhotoBoxes } from '../../core/find/annotation.ts';
import type { Box } from '../../core/find/boxes.ts';

const SIDES = ['xmin', 'ymin', 'xmax', 'ymax'] as const;

/** What is read of an annotation, by the path of its element. */
interface Fields {
  filename: string;
  width: number;
  height: number;
  /** What labelImg writes where a person has looked at all of the photo. */
  verified: boolean | undefined;
  objects: { name: string; sides: Partial<Record<(typeof SIDES)[number], number>> }[];
}

/**
 * Reads one PASCAL VOC annotation (XML). Corners count from 1 there and include the last pixel, so the box is [xmin − 1, ymin − 1, xmax, ymax].
 * Entities other than XML's own five, and document types, are refused: nothing is expanded.
 *
 * @param file name of the annotation; where it names no photo, the photo is the one of the same name
 * @throws Error with a reason where it is no such annotation
 */
export function readVoc(text: string, file: string, into: BoxCollector): void {
  const { filename, width, height, verified, objects } = parse(text);
  const photo = filename || file.replace(/\.xml$/i, '');
  into.photo(photo, width > 0 && height > 0 ? { width, height } : null, verified);
  for (const { name, sides } of objects) {
    const [xmin, ymin, xmax, ymax] = SIDES.map((side) => sides[side] ?? Number.NaN) as [number, number, number, number];
    into.add(photo, name, [xmin - 1, ymin - 1, xmax, ymax] as Box);
  }
}

function parse(text: string): Fields {
  const fields: Fields = { filename: '', width: 0, height: 0, verified: undefined, objects: [] };
  const path: string[] = [];
  let value = '';
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw new Error(`it is no well-formed XML (${error.message})`);
  });
  parser.on('doctype', () => {
    throw new Error('it has a document type, which could hold entities; remove the DOCTYPE');
  });
  parser.on('opentag', ({ name, attributes }) => {
    path.push(name);
    const { verified } = attributes;
    if (name === 'annotation' && (verified === 'yes' || verified === 'no')) fields.verified = verified === 'yes';
    value = '';
    if (path.join('/') === 'annotation/object') fields.objects.push({ name: '', sides: {} });
  });
  parser.on('text', (part) => (value += part));
  parser.on('cdata', (part) => (value += part));
  parser.on('closetag', () => {
    take(fields, path.join('/'), value.trim());
    path.pop();
    value = '';
  });
  let root = '';
  parser.on('opentagstart', ({ name }) => (root ||= name));
  parser.write(text).close();
  if (root !== 'annotation') throw new Error('it is XML, but no PASCAL VOC annotation');
  return fields;
}

function take(fields: Fields, path: string, value: string): void {
  const object = fields.objects.at(-1);
  const side = SIDES.find((name) => path === `annotation/object/bndbox/${name}`);
  if (path === 'annotation/filename') fields.filename = value;
  else if (path === 'annotation/size/width') fields.width = Number(value);
  else if (path === 'annotation/size/height') fields.height = Number(value);
  else if (path === 'annotation/object/name' && object) object.name = value;
  else if (side && object) object.sides[side] = value === '' ? Number.NaN : Number(value);
}

const escape = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A PASCAL VOC annotation of one photo; corners keep their fractions. */
export function writeVoc({ photo, size, boxes, complete }: PhotoBoxes): string {
  const objects = boxes.map(
    ({ label, box: [left, top, right, bottom] }) => `  <object>
    <name>${escape(label)}</name>
    <pose>Unspecified</pose>
    <truncated>0</truncated>
    <difficult>0</difficult>
    <bndbox><xmin>${left + 1}</xmin><ymin>${top + 1}</ymin><xmax>${right}</xmax><ymax>${bottom}</ymax></bndbox>
  </object>\n`,
  );
  const verified = complete === undefined ? '' : ` verified="${complete ? 'yes' : 'no'}"`;
  return `<annotation${verified}>
  <filename>${escape(photo)}</filename>
  <size><width>${size?.width ?? 0}</width><height>${size?.height ?? 0}</height><depth>3</depth></size>
  <segmented>0</segmented>
${objects.join('')}</annotation>\n`;
}
