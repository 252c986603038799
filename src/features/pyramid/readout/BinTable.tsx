import { useState } from 'react';
import { isPerCell, measureLabel, type PanelModel, valueText } from '../panelModel.ts';
import styles from './Readout.module.css';

/** The same bins as a table, for reading without colour. Built when it is opened. */
export function BinTable({ model, channel }: { model: PanelModel; channel: number }) {
  const [open, setOpen] = useState(false);
  const { levels } = model.inspection.pyramid;
  const withValue = model.measure !== 'strength' && !isPerCell(model);
  return (
    <details className={styles['details']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{model.bins.length === 1 ? 'The one bin' : `All ${model.bins.length} bins`} as a table</summary>
      {open && (
        <div className={styles['scroll']} role="region" aria-label="Bins as a table" tabIndex={0}>
          <table>
            <caption>Bins of {model.name}; rows, columns and cells count from 1</caption>
            <thead>
              <tr>
                <th scope="col">Level</th>
                <th scope="col">Row</th>
                <th scope="col">Col</th>
                <th scope="col">Cell rows</th>
                <th scope="col">Cell cols</th>
                <th scope="col">Strength</th>
                {withValue && <th scope="col">{measureLabel(model, channel)}</th>}
                <th scope="col">Rank in level</th>
              </tr>
            </thead>
            <tbody>
              {model.bins.map((bin) => (
                <tr key={bin.index}>
                  <th scope="row">
                    {levels[bin.level]}×{levels[bin.level]}
                  </th>
                  <td>{bin.row + 1}</td>
                  <td>{bin.column + 1}</td>
                  <td>
                    {bin.top + 1}–{bin.bottom}
                  </td>
                  <td>
                    {bin.left + 1}–{bin.right}
                  </td>
                  <td>{valueText(model.strengths[bin.index] ?? 0)}</td>
                  {withValue && <td>{valueText(model.values[bin.index] ?? 0, model.measure === 'evidence')}</td>}
                  <td>{model.rankInLevel[bin.index]}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
