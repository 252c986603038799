import type { HeadChoice } from '../core/model.ts';
import { samePyramid } from '../core/pyramid/samePyramid.ts';
import { samePolicy } from '../core/size/sizing.ts';
import { headOf } from './trainedHeads.ts';
import type { AnswerPath, Settings } from '../store/settings.ts';
import { useStore } from '../store/store.ts';

/** What a person chose: what stood there before a head brought its own, unless it was changed since. */
function chosenByHand({ policy, pyramid, taken }: Settings): AnswerPath {
  if (!taken) return { policy, pyramid };
  const { own, brought } = taken;
  return {
    policy: samePolicy(policy, brought.policy) ? own.policy : policy,
    pyramid: samePyramid(pyramid, brought.pyramid) ? own.pyramid : pyramid,
  };
}

/**
 * Which head answers from now on, the one way to choose it. A trained head brings the size policy and the pyramid that it was trained with,
 * so that images come to it as its training images did and its evidence stands in the bins that are shown; both can be changed after.
 * With the built-in classes, ImageNet's or none, what a trained head brought goes again.
 */
export function chooseHead(choice: HeadChoice): void {
  const { settings, changeSettings, changePyramidView } = useStore.getState();
  const own = chosenByHand(settings);
  const head = typeof choice === 'object' ? headOf(choice.id) : undefined;
  const path: AnswerPath = head ? { policy: head.policy, pyramid: head.pyramid } : own;
  // A class index means another class under another head, and a bin another place in another pyramid.
  const sameBins = path.pyramid.levels.join() === settings.pyramid.levels.join();
  changePyramidView({ classIndex: null, ...(sameBins ? {} : { bin: null, pointed: null, gridLevel: 0 }) });
  changeSettings({ head: choice, ...path, taken: head ? { own, brought: path } : null });
}
