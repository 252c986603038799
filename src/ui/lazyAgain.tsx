import { type ComponentProps, type ComponentType, lazy } from 'react';

type Load<Props> = () => Promise<{ default: ComponentType<Props> }>;

/** What makes each part new whose code could not be fetched. */
const failed = new Set<() => void>();

/** As `React.lazy`, which keeps a failed fetch for ever, but fetched again after {@link forgetFailedParts}. */
// oxlint-disable-next-line react/only-export-components -- the two are of no use apart
export function lazyAgain<Props extends object>(load: Load<Props>): ComponentType<Props> {
  const make = () =>
    lazy<ComponentType<Props>>(() =>
      load().catch((error: unknown) => {
        failed.add(renew);
        throw error;
      }),
    );
  let Part = make();
  const renew = () => {
    Part = make();
  };
  return function LazyAgain(props: Props) {
    return <Part {...(props as ComponentProps<typeof Part>)} />;
  };
}

/**
 * Lets parts whose code could not be fetched be fetched again when they are next shown.
 * @returns whether there were any
 */
export function forgetFailedParts(): boolean {
  const some = failed.size > 0;
  for (const renew of failed) renew();
  failed.clear();
  return some;
}
