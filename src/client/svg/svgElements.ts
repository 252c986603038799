/** The parts of a DOM element that counting needs. */
export interface SvgNode {
  readonly id: string;
  readonly children: Iterable<SvgNode>;
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
}

/** Ids that an element's attributes point to within the file: `href="#a"`, `mask="url(#a)"`, `style="fill: url(#a)"`. */
function references(node: SvgNode): string[] {
  const ids: string[] = [];
  for (const { name, value } of node.attributes) {
    if (/(^|:)href$/.test(name) && value.trim().startsWith('#')) ids.push(value.trim().slice(1));
    for (const [, id = ''] of value.matchAll(/url\(\s*["']?#([^"'()\s]+)["']?\s*\)/g)) ids.push(id);
  }
  return ids;
}

/**
 * How many elements drawing an SVG comes to, references counted as often as they are followed: ten levels of ten `use` each are ten billion
 * elements in a kilobyte. References that a style sheet makes are not seen.
 */
export function drawnElements(root: SvgNode): number {
  const byId = new Map<string, SvgNode>();
  const stack = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.id && !byId.has(node.id)) byId.set(node.id, node);
    for (const child of node.children) stack.push(child);
  }
  const counts = new Map<SvgNode, number>();
  const begin = (node: SvgNode) => {
    // Stands in while the node is being counted: a circle of references adds nothing, as browsers draw none.
    counts.set(node, 0);
    return { node, sum: 1, left: [...node.children, ...references(node).flatMap((id) => byId.get(id) ?? [])] };
  };
  // From the root to the node being counted: chains of references are longer than a call stack.
  const path = [begin(root)];
  for (;;) {
    const current = path.at(-1)!;
    const next = current.left.pop();
    const known = next && counts.get(next);
    if (known !== undefined) current.sum += known;
    else if (next) path.push(begin(next));
    else {
      counts.set(current.node, current.sum);
      path.pop();
      const parent = path.at(-1);
      if (!parent) return current.sum;
      parent.sum += current.sum;
    }
  }
}
