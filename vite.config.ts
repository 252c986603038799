import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { licences } from './tools/licences.ts';
import { contentSecurityPolicy, isolationHeaders } from './tools/headers.ts';

/** Static hosts send no headers of ours, so the page carries its policy itself. */
function policyInPage(): Plugin {
  return {
    name: 'anysize-content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy('meta') },
        injectTo: 'head-prepend',
      },
    ],
  };
}

const shipped = licences();

export default defineConfig({
  // Relative, so that one build works under any sub-path.
  base: './',
  // What is not there answers 404, not the page.
  appType: 'mpa',
  plugins: [
    react(),
    policyInPage(),
    shipped.page,
    VitePWA({
      // Never forced: a new version waits until all tabs of the old one are closed.
      registerType: 'prompt',
      injectRegister: false,
      manifest: {
        name: 'Anysize',
        short_name: 'Anysize',
        description: 'Classify images of any size and teach new classes in the browser.',
        display: 'standalone',
        start_url: './/',
        scope: './/',
        background_color: '#ffffff',
        theme_color: '#ffffff',
        icons: [
          { src: 'favicon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
          { src: 'icons/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
          { src: 'icons/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
          { src: 'icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
      workbox: {
        globPatterns: ['**/*.{html,js,css,svg,wasm,json,bin,safetensors,jpg,txt}'],
        // The bench page and what it compares with: 40 MB that nobody needs offline.
        globIgnores: ['bench.html', 'assets/bench*', 'assets/ort*'],
        // At /bench too, some hosts' way of saying bench.html.
        navigateFallbackDenylist: [/\/bench(\.html)?$/],
        maximumFileSizeToCacheInBytes: 16 * 2 ** 20,
      },
    }),
  ],
  worker: { format: 'es', plugins: () => [shipped.worker] },
  build: {
    target: 'es2023',
    sourcemap: true,
    chunkSizeWarningLimit: 2500,
    rolldownOptions: { input: { index: 'index.html', bench: 'bench.html' } },
  },
  server: { headers: isolationHeaders },
  preview: {
    headers: { ...isolationHeaders, 'Content-Security-Policy': contentSecurityPolicy('header') },
  },
});
