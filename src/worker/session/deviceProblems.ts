/** What a device reported of a piece of work: no room for a buffer, or work that it refused. Either way its numbers are not to be used. */
export type DeviceProblem = 'memory' | 'refused';

/** Ends once, after the work that it watches. */
export interface Watch {
  end(): Promise<DeviceProblem | null>;
}

/**
 * Watches a device while a piece of work is given to it. WebGPU throws nothing where a buffer cannot be had, a binding or a dispatch is over a
 * limit, or a shader is wrong: the work is dropped and reads give zeros or old numbers.
 * `end` is to be called once, after the work; it settles when the device has taken note of all of it.
 */
export function watchDevice(device: GPUDevice): Watch {
  device.pushErrorScope('internal');
  device.pushErrorScope('validation');
  device.pushErrorScope('out-of-memory');
  return {
    async end() {
      const scopes = [device.popErrorScope(), device.popErrorScope(), device.popErrorScope()];
      // A lost device has no scopes any more; that it is lost is seen elsewhere.
      const [memory, ...others] = await Promise.all(scopes.map((scope) => scope.catch(() => null)));
      if (memory) return 'memory';
      return others.some(Boolean) ? 'refused' : null;
    },
  };
}
