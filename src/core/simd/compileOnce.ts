/** A WebAssembly module given in base64, compiled when it is first asked for; null where the engine does not take it, as without SIMD. */
export function compileOnce(base64: string): () => Promise<WebAssembly.Module | null> {
  let compiled: Promise<WebAssembly.Module | null> | undefined;
  const compile = async () => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return WebAssembly.validate(bytes) ? WebAssembly.compile(bytes) : null;
  };
  return () => (compiled ??= compile().catch(() => null));
}
