// @vitest-environment happy-dom
import { act, cleanup, render } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { Flag, useFlag } from '../react.ts';
import { TestFlagsProvider, type TestFlagsProviderProps } from '../react-testing.ts';
import { createTestClient, eachSide } from '../testing.ts';

afterEach(cleanup);

let rendered = 0;
function Size() {
  rendered++;
  return <p>{`${useFlag('page-size', 25)} rows`}</p>;
}

const List = (props: Omit<TestFlagsProviderProps, 'children'>) => (
  <StrictMode>
    <TestFlagsProvider {...props}>
      <Flag name="new-list" fallback="the old list, " children="the new list, " />
      <Size />
    </TestFlagsProvider>
  </StrictMode>
);
const shown = () => document.body.textContent;

describe('TestFlagsProvider', () => {
  it('gives flags to what is below, and code defaults where there are none', () => {
    render(<List flags={{ 'new-list': true }} />);
    expect(shown()).toBe('the new list, 25 rows');
  });

  it('follows the flags that a later rendering gives', () => {
    const { rerender } = render(<List flags={{ 'new-list': true }} />);
    rerender(<List flags={{ 'page-size': 10 }} />);
    expect(shown()).toBe('the old list, 10 rows');
  });

  it('renders for nothing when the flags are the same', () => {
    const { rerender } = render(<List flags={{ 'new-list': true }} />);
    rerender(<List flags={{ 'new-list': true }} />);
    const before = rendered;
    rerender(<List flags={{ 'new-list': true }} />);
    // Twice, as strict mode has it.
    expect(rendered - before).toBe(2);
  });

  it('takes a client that the test changes', async () => {
    const client = createTestClient({ 'new-list': false });
    render(<List client={client} />);
    expect(shown()).toBe('the old list, 25 rows');
    await act(async () => client.set('new-list', true));
    expect(shown()).toBe('the new list, 25 rows');
    expect(client.asked()).toEqual(['new-list', 'page-size']);
  });

  it('shows each side of a flag', () => {
    const sides: unknown[] = [];
    eachSide('new-list', (_, client) => {
      render(<List client={client} />);
      sides.push(shown());
      cleanup();
    });
    expect(sides).toEqual(['the old list, 25 rows', 'the new list, 25 rows']);
  });
});
