import { beforeEach, expect, it } from 'vitest';
import { useStore } from '../../../store/store.ts';
import { giveClass } from './giveClass.ts';

const classes = () =>
  useStore
    .getState()
    .scenes.get('p')
    ?.boxes.map(({ id, classId }) => [id, classId]);

beforeEach(() => {
  const box = [0, 0, 4, 4] as const;
  useStore.setState({
    findClasses: [
      { id: 'cat', name: 'cat', colour: 0 },
      { id: 'dog', name: 'dog', colour: 1 },
    ],
    findClass: 'cat',
    scenes: new Map([['p', { boxes: [{ id: 'a', classId: 'cat', box }], complete: false }]]),
    shownScene: 'p',
    selectedBox: null,
    suggestions: new Map([['p', [{ id: 's', classId: 'cat', box, probability: 0.5 }]]]),
    keeping: 'kept',
  });
});

it('is the class of the next box', () => {
  giveClass('dog');
  expect([useStore.getState().findClass, classes()]).toEqual(['dog', [['a', 'cat']]]);
});

it('goes to the selected box, in one step that can be undone', () => {
  useStore.getState().selectBox('a');
  giveClass('dog');
  expect(classes()).toEqual([['a', 'dog']]);
  useStore.getState().undoFind();
  expect(classes()).toEqual([['a', 'cat']]);
});

it('accepts the selected suggestion as that class', () => {
  useStore.getState().selectBox('s');
  giveClass('dog');
  expect(classes()).toEqual([
    ['a', 'cat'],
    ['s', 'dog'],
  ]);
  expect(useStore.getState().suggestions.size).toBe(0);
});

it('changes no box while another tab has the project', () => {
  useStore.setState({ keeping: 'following' });
  useStore.getState().selectBox('a');
  giveClass('dog');
  expect(classes()).toEqual([['a', 'cat']]);
});
