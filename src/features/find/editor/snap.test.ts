import { expect, it } from 'vitest';
import type { Box } from '../../../core/find/boxes.ts';
import { nextProposal, proposalsAt } from './snap.ts';

const whole: Box = [0, 0, 100, 100];
const thing: Box = [20, 20, 60, 60];
const nearly: Box = [20, 20, 61, 61];
const part: Box = [30, 30, 45, 45];
const crumb: Box = [36, 36, 39, 39];
const proposals = [whole, nearly, thing, crumb, part];

it('offers the tightest proposal first, without crumbs and near repeats', () => {
  expect(proposalsAt(proposals, { x: 37, y: 37 }, 8)).toEqual([part, thing, whole]);
  expect(proposalsAt(proposals, { x: 37, y: 37 }, 1)[0]).toEqual(crumb);
  expect(proposalsAt(proposals, { x: 90, y: 5 }, 8)).toEqual([whole]);
  expect(proposalsAt(proposals, { x: 100, y: 5 }, 8)).toEqual([]);
});

it('does not offer again what has its box', () => {
  expect(proposalsAt(proposals, { x: 37, y: 37 }, 8, [[19, 20, 60, 60]])).toEqual([part, whole]);
});

it('steps to the next larger and back', () => {
  const steps = proposalsAt(proposals, { x: 37, y: 37 }, 8);
  expect(nextProposal(steps, part, 1)).toEqual(thing);
  expect(nextProposal(steps, whole, -1)).toEqual(thing);
  expect(nextProposal(steps, whole, 1)).toBeNull();
  expect(nextProposal(steps, part, -1)).toBeNull();
});
