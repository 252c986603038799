/** What is said of a photo, as much as the probabilities bear. */
export type PlainAnswer =
  | { kind: 'name'; name: string; probability: number }
  | { kind: 'group'; group: string; probability: number }
  | { kind: 'unsure' };

/** From this probability on a class is named: 78 % of such names are right (models/everyday/MODEL_CARD.md). */
const NAME_FROM = 0.5;
/** From this probability on, summed over its classes, a group is named: 90 % right. */
const GROUP_FROM = 0.6;
/** Groups that say nothing when they are said. */
const TOO_VAGUE: ReadonlySet<string> = new Set(['thing', 'device', 'container', 'structure']);

/**
 * The model card's rule for saying less when unsure: the name, else the group (“some kind of dog”), else nothing.
 * @param probabilities [classes]
 * @param classes one per probability; without groups only names are said
 */
export function plainAnswer(
  probabilities: ArrayLike<number>,
  classes: readonly { name: string; group?: string | undefined }[],
): PlainAnswer {
  let best = 0;
  const groups = new Map<string, number>();
  classes.forEach(({ group }, index) => {
    const p = probabilities[index] ?? 0;
    if (p > (probabilities[best] ?? 0)) best = index;
    if (group && !TOO_VAGUE.has(group)) groups.set(group, (groups.get(group) ?? 0) + p);
  });
  const named = classes[best];
  const probability = probabilities[best] ?? 0;
  if (named && probability >= NAME_FROM) return { kind: 'name', name: named.name, probability };
  const [group, share] = [...groups].reduce<[string, number]>(
    (most, entry) => (entry[1] > most[1] ? entry : most),
    ['', 0],
  );
  return share >= GROUP_FROM ? { kind: 'group', group, probability: share } : { kind: 'unsure' };
}

/** An answer as people say it: “pug”, “some kind of dog”, “not sure”. */
export function answerWords(answer: PlainAnswer): string {
  switch (answer.kind) {
    case 'name':
      return answer.name;
    case 'group':
      return answer.group === 'person' ? 'a person' : `some kind of ${answer.group}`;
    case 'unsure':
      return 'not sure';
    default:
      return answer satisfies never;
  }
}
