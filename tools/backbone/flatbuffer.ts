/**
 * The part of FlatBuffers that reading a TFLite file needs. A table starts with the (signed) distance back to its
 * vtable; the vtable is u16 numbers: its own size, the table's size, then one offset per field, 0 where the field has
 * its default. Vectors, strings and subtables are u32 offsets relative to where they stand. All little-endian.
 * See flatbuffers.dev/internals.
 */
export class FlatTable {
  private constructor(
    private readonly view: DataView,
    private readonly at: number,
  ) {}

  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new FlatTable(view, view.getUint32(0, true));
  }

  int8(field: number): number {
    const at = this.field(field);
    return at === null ? 0 : this.view.getInt8(at);
  }

  int32(field: number): number {
    const at = this.field(field);
    return at === null ? 0 : this.view.getInt32(at, true);
  }

  uint32(field: number): number {
    const at = this.field(field);
    return at === null ? 0 : this.view.getUint32(at, true);
  }

  table(field: number): FlatTable | null {
    const at = this.field(field);
    return at === null ? null : new FlatTable(this.view, at + this.view.getUint32(at, true));
  }

  tables(field: number): FlatTable[] {
    return this.elements(field, 4).map((at) => new FlatTable(this.view, at + this.view.getUint32(at, true)));
  }

  int32s(field: number): number[] {
    return this.elements(field, 4).map((at) => this.view.getInt32(at, true));
  }

  int64s(field: number): number[] {
    return this.elements(field, 8).map((at) => Number(this.view.getBigInt64(at, true)));
  }

  float32s(field: number): number[] {
    return this.elements(field, 4).map((at) => this.view.getFloat32(at, true));
  }

  bytes(field: number): DataView {
    const { start, length } = this.vector(field);
    return new DataView(this.view.buffer, this.view.byteOffset + start, length);
  }

  private field(index: number): number | null {
    const vtable = this.at - this.view.getInt32(this.at, true);
    const entry = 4 + 2 * index;
    if (entry >= this.view.getUint16(vtable, true)) return null;
    const offset = this.view.getUint16(vtable + entry, true);
    return offset === 0 ? null : this.at + offset;
  }

  private vector(field: number): { start: number; length: number } {
    const at = this.field(field);
    if (at === null) return { start: 0, length: 0 };
    const vector = at + this.view.getUint32(at, true);
    return { start: vector + 4, length: this.view.getUint32(vector, true) };
  }

  private elements(field: number, size: number): number[] {
    const { start, length } = this.vector(field);
    return Array.from({ length }, (_, i) => start + size * i);
  }
}
