import { expect, it } from 'vitest';
import { classNamed } from './classNamed.ts';

it('finds a class by its name, its capitals aside, or by one of its names', () => {
  const classes = ['Raccoon', 'great white shark, white shark', 'white shark'];
  expect(classNamed(classes, ' raccoon ')).toBe(0);
  expect(classNamed(classes, 'white shark')).toBe(2);
  expect(classNamed(classes.slice(0, 2), 'White Shark')).toBe(1);
  expect(classNamed(classes, 'shark')).toBe(-1);
  expect(classNamed(classes, '')).toBe(-1);
});
