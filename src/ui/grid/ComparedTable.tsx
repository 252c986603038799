import { FileName } from '../FileName.tsx';
import styles from './ComparedTable.module.css';

export interface ComparedTableProps {
  /** What the first column holds. */
  what: string;
  /** Names of the two. */
  names: readonly [string, string];
  rows: readonly (readonly [name: string, left: string, right: string])[];
}

/** Two things side by side, row by row; where they differ it is seen. */
export function ComparedTable({ what, names, rows }: ComparedTableProps) {
  return (
    <table className={styles['compared']}>
      <thead>
        <tr>
          <th scope="col">{what}</th>
          <th scope="col">
            <FileName name={names[0]} />
          </th>
          <th scope="col">
            <FileName name={names[1]} />
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, left, right]) => (
          <tr key={name} className={left === right ? '' : styles['differs']}>
            <th scope="row">{name}</th>
            <td>{left}</td>
            <td>{right}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
