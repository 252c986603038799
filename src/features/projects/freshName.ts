import { storage } from '../../storage/storageClient.ts';

/** "Project 1", "Project 2", …: the first that no project has. */
export async function freshName(): Promise<string> {
  const names = new Set((await storage.list()).map(({ name }) => name));
  let n = names.size + 1;
  while (names.has(`Project ${n}`)) n++;
  return `Project ${n}`;
}
