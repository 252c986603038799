import * as v from 'valibot';

/** Text that is JSON, as what it says. */
export const jsonText = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }): unknown => {
    try {
      return JSON.parse(dataset.value);
    } catch {
      addIssue({ message: 'is not JSON' });
      return NEVER;
    }
  }),
);
