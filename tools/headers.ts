/** Where the official ImageNet model may come from: its own address, and the mobilenet package's default. */
const IMAGENET_HOSTS = ['https://storage.googleapis.com/tfjs-models/', 'https://tfhub.dev', 'https://www.kaggle.com'];

/**
 * The page's Content-Security-Policy.
 * @param where `frame-ancestors` is only valid in a header, not in a meta element
 */
export function contentSecurityPolicy(where: 'header' | 'meta'): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    `connect-src 'self' ${IMAGENET_HOSTS.join(' ')}`,
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "style-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    ...(where === 'header' ? ["frame-ancestors 'none'"] : []),
  ].join('; ');
}

/** Cross-origin isolation: lets WASM use shared memory, and precise timers work. */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};
