import { expect, it } from 'vitest';
import type { Box } from '../../../../core/find/boxes.ts';
import { likeliestAt, nextProposal, proposalsAt } from './snap.ts';

const whole: Box = [0, 0, 100, 100];
const thing: Box = [20, 20, 60, 60];
const nearly: Box = [20, 20, 61, 61];
const part: Box = [30, 30, 45, 45];
const crumb: Box = [36, 36, 39, 39];
const sliver: Box = [20, 36, 60, 39];
const proposals = [whole, thing, nearly, crumb, part, sliver];

it('lists what lies around a place from the smallest on, without crumbs and near repeats', () => {
  expect(proposalsAt(proposals, { x: 37, y: 37 }, 8)).toEqual([part, thing, whole]);
  expect(proposalsAt(proposals, { x: 37, y: 37 }, 1)[0]).toEqual(crumb);
  expect(proposalsAt(proposals, { x: 90, y: 5 }, 8)).toEqual([whole]);
  expect(proposalsAt(proposals, { x: 100, y: 5 }, 8)).toEqual([]);
});

it('takes what has its middle under the pointer, not the smallest part there', () => {
  expect(likeliestAt(proposals, { x: 40, y: 40 }, 8)).toEqual(thing);
  expect(likeliestAt(proposals, { x: 50, y: 50 }, 8)).toEqual(whole);
  expect(likeliestAt([whole, part, thing], { x: 37.5, y: 37.5 }, 8)).toEqual(part);
  expect(likeliestAt(proposals, { x: 40, y: 40 }, 8, [thing])).toEqual(whole);
  expect(likeliestAt(proposals, { x: 100, y: 40 }, 8)).toBeNull();
});

it('takes of two that fit alike the one that was proposed first', () => {
  const wide: Box = [20, 30, 60, 50];
  const tall: Box = [30, 20, 50, 60];
  expect(likeliestAt([wide, tall], { x: 40, y: 40 }, 8)).toEqual(wide);
  expect(likeliestAt([tall, wide], { x: 40, y: 40 }, 8)).toEqual(tall);
  expect(likeliestAt([wide, tall], { x: 40, y: 39 }, 8)).toEqual(wide);
  expect(likeliestAt([wide, tall], { x: 40, y: 36 }, 8)).toEqual(tall);
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
