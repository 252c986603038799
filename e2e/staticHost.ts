import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
};

/** A plain static host of a folder under a path, which sends none of our headers. */
export function staticHost(folder: string, path: string): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://host');
    const file = join(folder, normalize(decodeURIComponent(url.pathname.slice(path.length))));
    if (!url.pathname.startsWith(path) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const served = statSync(file).isDirectory() ? join(file, 'index.html') : file;
    response.writeHead(200, { 'content-type': TYPES[extname(served)] ?? 'application/octet-stream' });
    createReadStream(served).pipe(response);
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      resolve({ server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}` });
    }),
  );
}
