import type { PyramidView } from '../../store/view.ts';
import { Legend } from '../../ui/charts/Legend.tsx';
import { PanelExports } from './controls/PanelExports.tsx';
import { isPerCell, legendLabel, type PanelModel, valueText } from './panelModel.ts';
import { BinReadout } from './readout/BinReadout.tsx';
import { BinTable } from './readout/BinTable.tsx';
import { MeasureDetail } from './readout/MeasureDetail.tsx';
import type { PanelScales } from './usePanelScales.ts';

export interface PanelDetailsProps {
  first: PanelModel;
  view: PyramidView;
  scales: PanelScales;
  onView: (changes: Partial<PyramidView>) => void;
}

/** The numbers behind the figure: legends, the bin that is looked at, all bins as a table, ways to take them away. */
export function PanelDetails({ first, view, scales, onView }: PanelDetailsProps) {
  const { models, other, scale, stripScale, valueScale } = scales;
  const perCell = isPerCell(first);
  return (
    <>
      <MeasureDetail
        model={first}
        legend={
          <>
            <Legend scale={scale} label={legendLabel(models, view.channel)} format={valueText} />
            {!perCell && (
              <Legend scale={stripScale} label="Strip: root mean square of neighbouring values" format={valueText} />
            )}
          </>
        }
      />
      {!perCell && <BinReadout model={first} other={other} view={view} valueScale={valueScale} onView={onView} />}
      <BinTable model={first} channel={view.channel} />
      <PanelExports models={models} view={view} scale={scale} stripScale={stripScale} />
    </>
  );
}
