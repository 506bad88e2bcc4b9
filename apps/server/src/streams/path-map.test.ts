import { expect, it } from 'vitest';
import { PathMap } from './path-map.ts';

it('holds a value a path, whatever the names hold', () => {
  const map = new PathMap<number>();
  map.set(['a', 'b/c'], 1);
  map.set(['a/b', 'c'], 2);
  map.set(['constructor', '__proto__'], 3);
  expect([map.get(['a', 'b/c']), map.get(['a/b', 'c']), map.get(['constructor', '__proto__'])]).toEqual([1, 2, 3]);
  expect([map.get(['a', 'b', 'c']), map.get(['a']), map.get(['a/b/c']), map.get([])]).toEqual(Array(4).fill(undefined));
});

it('tells all values below a path, and none beside it', () => {
  const map = new PathMap<number>();
  map.set(['a', 'b', 'c'], 1);
  map.set(['a', 'b'], 2);
  map.set(['a', 'd'], 3);
  map.set(['e'], 4);
  const below = (path: string[]) => [...map.within(path)].sort((a, b) => a - b);
  expect(below(['a', 'b'])).toEqual([1, 2]);
  expect(below(['a'])).toEqual([1, 2, 3]);
  expect(below([])).toEqual([1, 2, 3, 4]);
  expect(below(['x'])).toEqual([]);
});

it('keeps nothing of a path that was removed', () => {
  const map = new PathMap<number>();
  map.set(['a', 'b'], 1);
  map.set(['a', 'c'], 2);
  map.set(['a', 'b'], undefined);
  expect([...map.within()]).toEqual([2]);
  map.set(['a', 'c'], undefined);
  expect([...map.within()]).toEqual([]);
  map.set(['never', 'there'], undefined);
  expect([...map.within(['never'])]).toEqual([]);
});
