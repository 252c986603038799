import { HeaderProblem } from './headerFacts.ts';

const WINDOW = 64 * 1024;
/** A file up to this is read whole: a slice is one more blob for the browser to keep account of. */
const WHOLE = 256 * 1024;
const BUDGET = 32 * 1024 * 1024;

/** Random access to a Blob's bytes by slices, at most 32 MiB read in all: a header that asks for more is an attack or damage. */
export class BlobBytes {
  readonly size: number;
  private window = new DataView(new ArrayBuffer(0));
  private windowStart = 0;
  private bytesLeft = BUDGET;

  constructor(private readonly blob: Blob) {
    this.size = blob.size;
  }

  /** Up to `length` bytes from `offset`: fewer, or none, where the file ends. */
  async read(offset: number, length: number): Promise<DataView> {
    const wanted = Math.max(0, Math.min(length, this.size - offset));
    const from = offset - this.windowStart;
    if (from < 0 || from + wanted > this.window.byteLength) return this.load(offset, wanted);
    return new DataView(this.window.buffer, from, wanted);
  }

  /** Exactly `length` bytes from `offset`. @throws HeaderProblem where the file ends before */
  async need(offset: number, length: number): Promise<DataView> {
    const view = await this.read(offset, length);
    if (view.byteLength < length) throw new HeaderProblem('cut off');
    return view;
  }

  private async load(offset: number, wanted: number): Promise<DataView> {
    if (wanted <= 0) return new DataView(new ArrayBuffer(0));
    const whole = offset === 0 && this.size <= WHOLE;
    const slice = whole ? this.blob : this.blob.slice(offset, offset + Math.max(wanted, WINDOW));
    this.bytesLeft -= slice.size;
    if (this.bytesLeft < 0) throw new HeaderProblem('damaged');
    this.window = new DataView(await slice.arrayBuffer());
    this.windowStart = offset;
    return new DataView(this.window.buffer, 0, Math.min(wanted, this.window.byteLength));
  }
}

/** The four-character code at `offset`. */
export function fourCC(view: DataView, offset: number): string {
  return String.fromCharCode(
    view.getUint8(offset),
    view.getUint8(offset + 1),
    view.getUint8(offset + 2),
    view.getUint8(offset + 3),
  );
}
