import { choicesOf } from './choicesOf.ts';
import { gridsWords } from '../../../core/recipe/gridsWords.ts';
import { PYRAMID_CANDIDATES, type PyramidWeights, THOROUGH_SIDES } from '../../../core/recipe/recipe.ts';
import { binCount, type Pooling, type Rule } from '../../../core/pyramid/geometry.ts';
import { POOLINGS } from '../../../core/pyramid/poolings.ts';
import { RULES, ruleOf } from '../../../core/pyramid/rules/rules.ts';
import { DEFAULT_POLICY } from '../../../core/size/sizing.ts';
import { DEFAULT_VECTORS } from '../../../core/training/defaults.ts';
import { featuresOf } from '../../../core/training/features.ts';
import type { FeatureChoice } from '../../../core/training/model.ts';
import { useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { count, plural } from '../../../ui/format.ts';
import { LevelsField } from '../../../ui/fields/LevelsField.tsx';
import { SelectField } from '../../../ui/fields/SelectField.tsx';
import styles from './OptionsZone.module.css';
import { useExtraCost } from './useExtraCost.ts';

/** Channels of MobileNetV2's feature map. */
const CHANNELS = 1280;

const FEATURES: readonly { value: FeatureChoice; label: string }[] = [
  { value: 'anysize', label: 'Anysize' },
  { value: 'thorough', label: 'Anysize, thorough' },
  { value: 'paper', label: 'As in the paper' },
];

/** Pyramids of the two papers and notes this grew out of. */
const PRESETS = [
  [4, 2, 1],
  [6, 3, 2, 1],
] as const;

/** What vectors are made of: the app's own features with their pyramid, or max pooling with a pyramid of one's own. */
export function FeatureOptions() {
  const vectors = useStore((state) => state.vectorOptions);
  const changeVectors = useStore((state) => state.changeVectors);
  const extra = useExtraCost();
  const features = featuresOf(vectors);
  const sizes = `Means of ${THOROUGH_SIDES.slice(0, -1).join(', ')} and ${THOROUGH_SIDES.at(-1)} px together`;
  const cost = extra({ features: 'thorough', policy: DEFAULT_POLICY }, { features: 'anysize', policy: DEFAULT_POLICY });
  const hints: Record<FeatureChoice, string> = {
    anysize: 'Two layers of MobileNetV2, whitened, and a pyramid as strong as these photos want it.',
    thorough: `${sizes}: about a point better, and slower. ${cost ?? ''}`,
    paper: 'Pooled values of one pyramid, as in SPP-net.',
  };
  return (
    <>
      <SelectField<FeatureChoice>
        label="Features"
        value={features}
        choices={FEATURES}
        hint={hints[features]}
        onChange={(value) =>
          changeVectors(value === 'thorough' ? { features: value, policy: DEFAULT_POLICY } : { features: value })
        }
      />
      {features === 'paper' ? <PaperPyramid /> : <GridsField label="Pyramid" />}
    </>
  );
}

/** How strong the pyramid is: as the photos say, or as a person does. */
export function GridsField({ label }: { label: string }) {
  const { grids = 'auto' } = useStore((state) => state.vectorOptions);
  const changeVectors = useStore((state) => state.changeVectors);
  const choices: { value: string; label: string; weights: PyramidWeights | 'auto' }[] = [
    { value: 'auto', label: 'Chosen by the photos', weights: 'auto' },
    ...PYRAMID_CANDIDATES.map((weights) => ({ value: keyOf(weights), label: capital(gridsWords(weights)), weights })),
  ];
  return (
    <SelectField
      label={label}
      value={grids === 'auto' ? 'auto' : keyOf(grids)}
      choices={choices}
      onChange={(value) => changeVectors({ grids: choices.find((each) => each.value === value)?.weights ?? 'auto' })}
    />
  );
}

function keyOf({ two, four }: PyramidWeights): string {
  return `${two} ${four}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function PaperPyramid() {
  const { pyramid } = useStore((state) => state.vectorOptions);
  const changeVectors = useStore((state) => state.changeVectors);
  return (
    <>
      <LevelsField
        label="Pyramid levels"
        levels={pyramid.levels}
        hint={(levels) => `${plural(binCount(levels), 'bin')}: vectors of ${count(binCount(levels) * CHANNELS)}`}
        onChange={(levels) => changeVectors({ pyramid: { ...pyramid, levels } })}
      />
      <div className={styles['presets']}>
        {PRESETS.map((levels) => (
          <Button
            key={levels.join()}
            onClick={() => changeVectors({ pyramid: { ...DEFAULT_VECTORS.pyramid, levels: [...levels] } })}
          >
            [{levels.join(', ')}] max
          </Button>
        ))}
      </div>
      <SelectField<Pooling>
        label="Pooling"
        value={pyramid.pooling}
        choices={choicesOf(POOLINGS)}
        onChange={(pooling) => changeVectors({ pyramid: { ...pyramid, pooling } })}
      />
      <SelectField<Rule>
        label="Rule"
        value={pyramid.rule}
        choices={choicesOf(RULES)}
        hint={ruleOf(pyramid.rule).note}
        onChange={(rule) => changeVectors({ pyramid: { ...pyramid, rule } })}
      />
    </>
  );
}
