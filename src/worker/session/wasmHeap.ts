import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { DeviceProblem, Watch } from './deviceProblems.ts';
import { OutOfMemory } from '../../core/outOfMemory.ts';

/** What tfjs's Emscripten module tells of its heap; tfjs keeps the module to itself. */
interface WasmModule {
  HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  asm: { memory: WebAssembly.Memory; malloc(bytes: number): number };
}

/** Emscripten asks for more than it needs at first, then twice for less, before it gives up. */
const TRIES = 3;

/**
 * The heap of tfjs's WASM backend, which grows and never shrinks. When it cannot grow tfjs throws nothing: it takes address 0 for the new
 * tensor's and writes there. Here that is an error, and memory that the C++ behind it asked for in vain is noted.
 */
export class WasmHeap {
  private refusals = 0;
  private short = false;

  constructor(backend: BackendWasm) {
    this.module = (backend as unknown as { wasm: WasmModule }).wasm;
    const { memory, malloc } = this.module.asm;
    memory.grow = (pages) => {
      try {
        const before = WebAssembly.Memory.prototype.grow.call(memory, pages);
        this.refusals = 0;
        return before;
      } catch (error) {
        if (++this.refusals >= TRIES) this.short = true;
        throw error;
      }
    };
    this.module._malloc = (bytes) => {
      const address = malloc(bytes);
      if (address !== 0) return address;
      this.short = true;
      throw new OutOfMemory(`the WASM heap has no ${bytes} bytes left`);
    };
  }

  private readonly module: WasmModule;

  get bytes(): number {
    return this.module.HEAPU8.length;
  }

  /** Watches a piece of work, as `watchDevice` does on a GPU. */
  watch(): Watch {
    this.short = false;
    return { end: async (): Promise<DeviceProblem | null> => (this.short ? 'memory' : null) };
  }
}
