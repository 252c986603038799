import { takenOver } from './idbRecords.ts';
import type { Change, Guard, PartKey, PartName, ProjectRecord, Records, Tables } from './records.ts';

type Part = Tables[PartName];

/** {@link Records} in memory: for where the browser denies storage. Ends with the page. */
export class MemoryRecords implements Records {
  private readonly all = new Map<string, ProjectRecord>();
  private readonly tables: Record<PartName, Map<string, Map<number | string, Part>>> = {
    photos: new Map(),
    thumbnails: new Map(),
    runs: new Map(),
    finders: new Map(),
  };

  async project(id: string): Promise<ProjectRecord | null> {
    return this.all.get(id) ?? null;
  }

  async projects(): Promise<ProjectRecord[]> {
    return [...this.all.values()];
  }

  async parts<Name extends PartName>(table: Name, project: string): Promise<Tables[Name][]> {
    const found = [...(this.tables[table].get(project)?.values() ?? [])];
    return found.sort((a, b) => (a.id < b.id ? -1 : 1)) as Tables[Name][];
  }

  async part<Name extends PartName>(table: Name, [project, id]: PartKey): Promise<Tables[Name] | null> {
    return (this.tables[table].get(project)?.get(id) as Tables[Name] | undefined) ?? null;
  }

  async commit(changes: readonly Change[], guard?: Guard): Promise<void> {
    if (guard && this.all.get(guard.project)?.writer !== guard.writer) throw takenOver();
    for (const change of changes) this.apply(change);
  }

  private apply(change: Change): void {
    if ('merge' in change) {
      const old = this.all.get(change.merge);
      if (old) this.all.set(old.id, { ...old, ...change.fields });
    } else if ('delete' in change) this.tables[change.delete].get(change.key[0])?.delete(change.key[1]);
    else if ('purge' in change) {
      this.all.delete(change.purge);
      for (const table of Object.values(this.tables)) table.delete(change.purge);
    } else if (change.put === 'projects') this.all.set(change.value.id, change.value);
    else {
      const table = this.tables[change.put];
      const records = table.get(change.value.project) ?? new Map<number | string, Part>();
      table.set(change.value.project, records.set(change.value.id, change.value));
    }
  }
}
