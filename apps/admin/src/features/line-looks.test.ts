import { stages } from '@taffrail/schema';
import { expect, it } from 'vitest';
import { standing } from '../../test/documents.ts';
import type { Standing } from '../api/queries.ts';
import { canGoTo, lookOf } from './line-looks.ts';

const closed = { stage: 'ga', name: 'hours at 100 %', open: false, sentence: 'It has yet to spend 24 hours at 100 %.' } as const;

it('shows what is behind, where it is and what is ahead, with a lock from the first closed gate on', () => {
  const here = standing({ stage: 'early-access', gates: [closed] });
  expect(stages.map((stage) => lookOf(stage, here))).toEqual(['behind', 'behind', 'here', 'ahead', 'closed', 'barred', 'barred']);
});

it('shows where it was backed out from, and what was lost with that', () => {
  const out = standing({ stage: 'backed-out', from: 'early-access' });
  expect(stages.map((stage) => lookOf(stage, out))).toEqual(['lost', 'lost', 'out', 'ahead', 'ahead', 'ahead', 'ahead']);
});

it('marks the first stage that is closed, whatever else is closed after it', () => {
  const here = standing({ stage: 'dark', gates: [{ ...closed, stage: 'internal' }, closed] });
  expect(stages.map((stage) => lookOf(stage, here)).slice(1, 5)).toEqual(['closed', 'barred', 'barred', 'barred']);
});

it('claims of a removed feature nothing that it may have skipped', () => {
  const looks = stages.map((stage) => lookOf(stage, standing({ stage: 'removed' })));
  expect(looks).toEqual(['past', 'past', 'past', 'past', 'past', 'past', 'here']);
});

it('leads anywhere but to where it is, of a share to another share, and back out to no later stage than before', () => {
  expect(to(standing({ stage: 'internal' }))).not.toContain('internal');
  expect(to(standing({ stage: 'percent' }))).toEqual([...stages]);
  expect(to(standing({ stage: 'backed-out', from: 'internal' }))).toEqual(['dark', 'internal']);
});

const to = (here: Standing) => stages.filter((stage) => canGoTo(stage, here));
