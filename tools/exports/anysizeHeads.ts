import type { HeadData } from '../../src/core/model.ts';
import { sampleAnysizeHead } from '../../src/formats/exportFixtures.ts';

/** Heads on the recipe in every form that training can choose. */
export const ANYSIZE_HEADS: [name: string, head: HeadData][] = [
  ['no pyramid', sampleAnysizeHead({ two: 0, four: 0 }, [300])],
  ['the pyramid', sampleAnysizeHead({ two: 0.3, four: 0.2 }, [300])],
  ['thorough', sampleAnysizeHead({ two: 1, four: 0.6 }, [224, 300, 448])],
  ['two sizes, and a third for the bins', sampleAnysizeHead({ two: 1, four: 0.6 }, [160, 224])],
];
