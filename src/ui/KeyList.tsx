import styles from './KeyList.module.css';

/** Names of keys and gestures, and what they do. */
export type KeyLine = readonly [names: readonly string[], does: string];

/** Keys with what they do, one below the other. */
export function KeyList({ keys }: { keys: readonly KeyLine[] }) {
  return (
    <dl className={styles['keys']}>
      {keys.map(([names, does]) => (
        <div key={does}>
          <dt>
            {names.map((name) => (
              <kbd key={name}>{name}</kbd>
            ))}
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  );
}
