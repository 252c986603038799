import { expect, it } from 'vitest';
import { inTurn } from '../../../core/tasks/inTurn.ts';
import { DecodeRoom } from './decodeRoom.ts';

/** Enters, and notes it. */
function entering(room: DecodeRoom, name: string, bytes: number, log: string[], signal?: AbortSignal) {
  return room.enter(bytes, signal).then((leave) => {
    log.push(name);
    return leave;
  });
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

it('lets in what fits and keeps the rest waiting until there is room', async () => {
  const room = new DecodeRoom(100);
  const log: string[] = [];
  const leaveA = await entering(room, 'a', 60, log);
  const b = entering(room, 'b', 50, log);
  const leaveC = await entering(room, 'c', 40, log);
  await settled();
  expect(log).toEqual(['a', 'c']);
  leaveC();
  await settled();
  expect(log).toEqual(['a', 'c']);
  leaveA();
  await b;
  expect(log).toEqual(['a', 'c', 'b']);
});

it('lets one that is larger than all the room in, alone', async () => {
  const room = new DecodeRoom(100);
  const log: string[] = [];
  const leaveLarge = await entering(room, 'large', 500, log);
  const small = entering(room, 'small', 1, log);
  await settled();
  expect(log).toEqual(['large']);
  leaveLarge();
  // Leaving twice frees nothing twice.
  leaveLarge();
  const leaveSmall = await small;
  const second = entering(room, 'second', 500, log);
  await settled();
  expect(log).toEqual(['large', 'small']);
  leaveSmall();
  await second;
});

it('forgets one that is cancelled while it waits', async () => {
  const room = new DecodeRoom(10);
  const log: string[] = [];
  const leave = await entering(room, 'a', 10, log);
  const controller = new AbortController();
  const cancelled = entering(room, 'b', 10, log, controller.signal);
  const third = entering(room, 'c', 10, log);
  controller.abort(new Error('no longer wanted'));
  await expect(cancelled).rejects.toThrow('no longer wanted');
  leave();
  await third;
  expect(log).toEqual(['a', 'c']);
  await expect(room.enter(1, controller.signal)).rejects.toThrow('no longer wanted');
});

it('has what can be filled again cleared for a huge picture, and for no other', async () => {
  const room = new DecodeRoom();
  let cleared = 0;
  room.clearForHuge(() => cleared++);
  (await room.enter(96e6))();
  expect(cleared).toBe(0);
  (await room.enter(432e6))();
  expect(cleared).toBe(1);
});

it('lets huge pictures into one of several rooms at a time, and small ones into each meanwhile', async () => {
  const turn = inTurn();
  const takeTurn = () =>
    new Promise<() => void>((resolve) => void turn(() => new Promise<void>((over) => resolve(over))));
  const rooms = [new DecodeRoom(), new DecodeRoom()] as const;
  for (const room of rooms) room.share(takeTurn);
  const log: string[] = [];
  const leaveA = await entering(rooms[0], 'a', 300e6, log);
  const b = entering(rooms[1], 'b', 300e6, log);
  await entering(rooms[1], 'small', 50e6, log);
  await settled();
  expect(log).toEqual(['a', 'small']);
  leaveA();
  await b;
  expect(log).toEqual(['a', 'small', 'b']);
});

it('gives its turn back where a huge picture is cancelled while it waits for room', async () => {
  let turns = 0;
  const room = new DecodeRoom(300e6);
  room.share(async () => {
    turns++;
    return () => turns--;
  }, 300e6);
  const leave = await room.enter(200e6);
  const controller = new AbortController();
  const huge = room.enter(300e6, controller.signal);
  await settled();
  expect(turns).toBe(1);
  controller.abort(new Error('no longer wanted'));
  await expect(huge).rejects.toThrow('no longer wanted');
  expect(turns).toBe(0);
  leave();
});
