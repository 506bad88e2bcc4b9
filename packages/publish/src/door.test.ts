import { describe, expect, it } from 'vitest';
import { createDoor, type DoorLimits } from './door.ts';

function door(limits: Partial<DoorLimits> = {}, random = () => 0.5) {
  const clock = { ms: 0 };
  const all = { streams: 1_000, streamsPerKey: 1_000, admissionsPerSecond: 100, ...limits };
  return { clock, gate: createDoor(all, () => clock.ms, random) };
}
const times = <T>(count: number, act: () => T): T[] => Array.from({ length: count }, act);

describe('the door', () => {
  it('lets in as many a second as it may, and after a while the next', () => {
    const { gate, clock } = door();
    expect(times(100, () => gate.enter('key'))).toEqual(times(100, () => undefined));
    expect(gate.enter('key')).toBeGreaterThan(0);
    clock.ms = 500;
    expect(times(60, () => gate.enter('key')).filter((wait) => wait === undefined)).toHaveLength(50);
  });

  it('asks a crowd to come back one after the other, at the rate at which it will be let in', () => {
    const { gate } = door();
    times(100, () => gate.enter('key'));
    const waits = times(1_000, () => gate.enter('key')).map((seconds) => seconds ?? 0);
    expect(waits.every((seconds) => Number.isInteger(seconds) && seconds >= 1)).toBe(true);
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    for (let second = 2; second <= 10; second++) expect(waits.filter((wait) => wait === second)).toHaveLength(100);
  });

  it('has let a crowd in within the time it takes at that rate', () => {
    const { gate, clock } = door();
    const back: number[] = times(1_000, () => 0);
    for (let now = back.shift(); now !== undefined; now = back.shift()) {
      clock.ms = now;
      const seconds = gate.enter('key');
      if (seconds !== undefined) back.push(now + seconds * 1_000);
      back.sort((a, b) => a - b);
    }
    expect(clock.ms).toBeLessThanOrEqual(11_000);
    expect(gate.refused()).toBeLessThan(2_000);
  });

  it('goes on letting in when the clock is put back', () => {
    const { gate, clock } = door();
    clock.ms = 3_600_000;
    times(50, () => gate.enter('key'));
    clock.ms = 0;
    expect(times(60, () => gate.enter('key')).filter((wait) => wait === undefined)).toHaveLength(50);
    expect(gate.enter('key')).toBe(1);
    clock.ms = 500;
    expect(gate.enter('key')).toBeUndefined();
  });

  it('is full when as many are inside as may be, until one leaves', () => {
    const { gate } = door({ streams: 2 });
    gate.enter('a');
    gate.enter('b');
    expect(gate.enter('c')).toBe(30);
    gate.leave('a');
    expect(gate.enter('c')).toBeUndefined();
  });

  it('keeps one key from taking the room of others', () => {
    const { gate } = door({ streamsPerKey: 1 });
    gate.enter('a');
    expect(gate.enter('a')).toBe(30);
    expect(gate.enter('b')).toBeUndefined();
    gate.leave('a');
    expect(gate.enter('a')).toBeUndefined();
  });

  it('spreads by chance those for whom there is no room', () => {
    expect([0, 0.999].map((chance) => door({ streams: 0 }, () => chance).gate.enter('key'))).toEqual([15, 45]);
  });

  it('lets nobody in once it is shut', () => {
    const { gate } = door();
    gate.shut();
    expect(gate.enter('key')).toBe(5);
    expect(gate.refused()).toBe(1);
  });
});

describe('the doors of several processes', () => {
  const others = { key: 0, asked: 0 };
  const clock = { ms: 0 };
  const limits = { streams: 1_000, streamsPerKey: 10, admissionsPerSecond: 100 };
  const elsewhere = { ofKey: (key: string) => (key === 'shared' ? others.key : 0), asked: () => others.asked };
  const open = () =>
    createDoor(
      limits,
      () => clock.ms,
      () => 0.5,
      elsewhere,
    );

  it('count the streams of a key together, and not those of other keys', () => {
    const gate = open();
    others.key = 9;
    expect(gate.enter('shared')).toBeUndefined();
    expect(gate.enter('shared')).toBe(30);
    expect(gate.enter('other')).toBeUndefined();
    others.key = 0;
    expect(gate.enter('shared')).toBeUndefined();
    expect(gate.keys).toEqual(
      new Map([
        ['shared', 2],
        ['other', 1],
      ]),
    );
    expect(gate.asked()).toBe(4);
  });

  it('share the rate among those that are asked', () => {
    const gate = open();
    others.asked = 3;
    const inside = () =>
      times(
        100,
        (() => {
          let n = 0;
          return () => gate.enter(`key ${n++ % 50}`);
        })(),
      ).filter((wait) => wait === undefined);
    expect(inside()).toHaveLength(25);
    others.asked = 0;
    clock.ms += 1_000;
    expect(inside()).toHaveLength(100);
  });
});
