import type { RunRow } from '../../../core/project/model.ts';
import { choiceWords } from '../../../core/recipe/choiceWords.ts';
import { gridsWords } from '../../../core/recipe/gridsWords.ts';
import { useStore } from '../../../store/store.ts';
import { DotPlot } from '../../../ui/charts/DotPlot.tsx';
import { wholePercent } from '../../../ui/format.ts';
import { GridsField } from '../options/FeatureOptions.tsx';
import { StartButton } from '../StartButton.tsx';
import styles from './results.module.css';

/** What the photos said of the pyramid, the candidates side by side, and the way to overrule it. */
export function PyramidChoiceView({ run }: { run: RunRow }) {
  const grids = useStore((state) => state.vectorOptions.grids ?? 'auto');
  const { pyramidChoice: choice, vectors } = run;
  if (!choice) return null;
  const used = vectors.grids ?? 'auto';
  const changed = JSON.stringify(grids) !== JSON.stringify(used);
  return (
    <section aria-label="The pyramid on these photos">
      <h3>The pyramid on these photos</h3>
      <p>
        {choiceWords(choice)}
        {used !== 'auto' && ` Overruled: this run has ${gridsWords(used)}.`}
      </p>
      <DotPlot
        label="Right with each pyramid"
        format={wholePercent}
        rows={choice.candidates.map(({ weights, best }, i) => ({
          label: gridsWords(weights),
          values: [best.accuracy],
          mean: best.accuracy,
          emphasised: i === choice.chosen,
        }))}
      />
      <p className={styles['quiet']}>
        Each of the {choice.photos} training photos was judged by what was learned from all others.
      </p>
      <div className={styles['overrule']}>
        <GridsField label="Pyramid of the next run" />
        {changed && <StartButton />}
      </div>
    </section>
  );
}
