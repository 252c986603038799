/** Fetches a file that comes with the app. Throws what went wrong, in words. */
export async function fetchFile(url: URL): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.host} answered ${response.status} for ${url.pathname.split('/').at(-1)}`);
  return response;
}
