// Controls (line breaks too) and the marks that reorder or hide text.
const INVISIBLE = /[\p{Cc}\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]+/gu;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** A name as markdown shows it, letter for letter: no markup, link, HTML or line break can come of it. */
export function escapeMarkdown(name: string): string {
  return name
    .replace(INVISIBLE, '\uFFFD')
    .replace(/[\\`*_{}[\]()#+\-.!|~:@$^=]/g, '\\$&')
    .replace(/[&<>]/g, (character) => ENTITIES[character]!);
}

/** A table of cells that are markdown already. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
