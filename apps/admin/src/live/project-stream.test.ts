import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveState } from './live-store.ts';
import { openProjectStream } from './project-stream.ts';

/** The network: an EventSource whose server is the test. */
class Wire extends EventTarget {
  readyState: number = EventSource.CONNECTING;
  closed = false;

  close() {
    this.closed = true;
    this.readyState = EventSource.CLOSED;
  }
  say(name: string, data: unknown) {
    this.readyState = EventSource.OPEN;
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) }));
  }
  break(isOver: boolean) {
    this.readyState = isOver ? EventSource.CLOSED : EventSource.CONNECTING;
    this.dispatchEvent(new Event('error'));
  }
}

const hello = { revision: 7, heartbeatMs: 15_000 };

function opened() {
  const wires: Wire[] = [];
  const states: LiveState[] = [];
  const hellos: number[] = [];
  const revisions: number[] = [];
  let hints = 0;
  const close = openProjectStream({
    href: '/stream',
    onState: (state) => states.push(state),
    onHello: ({ revision }) => hellos.push(revision),
    onCommit: ({ revision }) => revisions.push(revision),
    onInstalls: () => (hints += 1),
    connect: () => {
      const wire = new Wire();
      wires.push(wire);
      return wire as unknown as EventSource;
    },
  });
  return { wires, states, hellos, revisions, hints: () => hints, close };
}

describe('the stream of a project', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('EventSource', { CONNECTING: 0, OPEN: 1, CLOSED: 2 });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('is live once the server says hello, and tells of every commit', () => {
    const { wires, states, hellos, revisions } = opened();
    wires[0]?.say('hello', hello);
    wires[0]?.say('commit', { revision: 8, changes: [] });
    expect({ states, hellos, revisions }).toEqual({ states: ['live'], hellos: [7], revisions: [8] });
  });

  it('tells that installs have said something, which is no commit', () => {
    const { wires, revisions, hints } = opened();
    wires[0]?.say('hello', hello);
    wires[0]?.say('installs', {});
    expect({ revisions, hints: hints() }).toEqual({ revisions: [], hints: 1 });
  });

  it('says nothing of a break that the browser mends at once', () => {
    const { wires, states } = opened();
    wires[0]?.say('hello', hello);
    wires[0]?.break(false);
    vi.advanceTimersByTime(2_000);
    wires[0]?.say('hello', hello);
    vi.advanceTimersByTime(10_000);
    expect(states).toEqual(['live', 'live']);
    expect(wires).toHaveLength(1);
  });

  it('is lost when it stays broken', () => {
    const { wires, states } = opened();
    wires[0]?.say('hello', hello);
    wires[0]?.break(false);
    vi.advanceTimersByTime(3_000);
    expect(states).toEqual(['live', 'lost']);
  });

  it('asks again, ever more slowly, after an answer that browsers give up on', () => {
    const { wires } = opened();
    const waits = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000];
    for (const [index, waitMs] of waits.entries()) {
      wires[index]?.break(true);
      vi.advanceTimersByTime(waitMs - 1);
      expect(wires).toHaveLength(index + 1);
      vi.advanceTimersByTime(1);
      expect(wires).toHaveLength(index + 2);
    }
  });

  it('takes a connection that misses its beats for dead', () => {
    const { wires } = opened();
    wires[0]?.say('hello', hello);
    vi.advanceTimersByTime(30_000);
    wires[0]?.say('beat', {});
    vi.advanceTimersByTime(37_000);
    expect(wires).toHaveLength(1);
    vi.advanceTimersByTime(2_000);
    expect(wires[0]?.closed).toBe(true);
    expect(wires).toHaveLength(2);
  });

  it('leaves no timer and no connection behind', () => {
    const { wires, close } = opened();
    wires[0]?.say('hello', hello);
    wires[0]?.break(true);
    close();
    expect(vi.getTimerCount()).toBe(0);
    expect(wires.every(({ closed }) => closed)).toBe(true);
  });
});
