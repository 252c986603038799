import { headFeatures } from '../../core/head/headFeatures.ts';
import type { HeadData } from '../../core/model.ts';

export type ExportFormat = 'onnx' | 'onnx-python' | 'pytorch' | 'tfjs' | 'onnx-head' | 'safetensors' | 'card';

export interface FormatRow {
  format: ExportFormat;
  title: string;
  /** One line: what it is for. */
  purpose: string;
  /** What follows the head's name in the file's name. */
  ending: string;
  /** Bytes of the file, roughly, before it is made. */
  bytes: (head: HeadData) => number;
}

/** Measured: the backbone's 2.2 million numbers with 4 and 2 bytes each, the graph around them, and the same zipped. */
const ONNX_BACKBONE = 8_860_000;
const ZIPPED_FLOAT32_BACKBONE = 4_700_000;
const ZIPPED_FLOAT16_BACKBONE = 4_100_000;
const ZIPPED_TFJS = 380_000;
/** What zipping leaves of a head's numbers. */
const ZIPPED_HEAD = 0.93;

/** The recipe's whitening: float32 in ONNX, and float16 in a zip. */
const WHITENING = 2_510_000;
const ZIPPED_WHITENING = 1_170_000;

const ofRecipe = (head: HeadData, bytes: number) => (headFeatures(head).kind === 'anysize' ? bytes : 0);

const headBytes = ({ weights, bias, mean }: HeadData) =>
  4 * (weights.length + bias.length + (mean?.length ?? 0)) + 4000;

export const EXPORT_FORMATS: readonly FormatRow[] = [
  {
    format: 'onnx',
    title: 'ONNX',
    purpose: 'One file from pixels to classes, any image size: for servers, apps and ONNX Runtime.',
    ending: '.onnx',
    bytes: (head) => ONNX_BACKBONE + ofRecipe(head, WHITENING) + headBytes(head),
  },
  {
    format: 'onnx-python',
    title: 'ONNX for Python',
    purpose:
      'The same file with a Python program that sizes photos as in training and runs it: for servers and clusters.',
    ending: '-onnx.zip',
    bytes: (head) => ZIPPED_FLOAT32_BACKBONE + ofRecipe(head, ZIPPED_WHITENING) + ZIPPED_HEAD * headBytes(head),
  },
  {
    format: 'pytorch',
    title: 'PyTorch',
    purpose: 'A short Python program with the weights as safetensors: to classify, check or train on.',
    ending: '-pytorch.zip',
    bytes: (head) => ZIPPED_FLOAT32_BACKBONE + ofRecipe(head, ZIPPED_WHITENING) + ZIPPED_HEAD * headBytes(head),
  },
  {
    format: 'tfjs',
    title: 'TensorFlow.js',
    purpose:
      'A small web page with both models and TensorFlow.js: a start for a page of your own. It scales photos as the browser does, so answers differ a little.',
    ending: '-tfjs.zip',
    bytes: (head) =>
      ZIPPED_FLOAT16_BACKBONE + ZIPPED_TFJS + ofRecipe(head, ZIPPED_WHITENING) + ZIPPED_HEAD * headBytes(head),
  },
  {
    format: 'safetensors',
    title: 'Head only, safetensors',
    purpose: 'What was trained and nothing else: small, and opens here again.',
    ending: '.safetensors',
    bytes: headBytes,
  },
  {
    format: 'onnx-head',
    title: 'Head only, ONNX',
    purpose: 'From vectors to classes, many at a time: for pipelines that make the vectors themselves.',
    ending: '-head.onnx',
    bytes: (head) => ofRecipe(head, WHITENING) + headBytes(head),
  },
  {
    format: 'card',
    title: 'Model card',
    purpose: 'Classes, settings, how good it is and on what: markdown, to be kept with the model.',
    ending: '-model-card.md',
    bytes: ({ classes }) => 2500 + classes.length * 200,
  },
];
