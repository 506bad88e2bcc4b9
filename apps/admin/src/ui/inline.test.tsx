import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { InlinePercent, InlineText } from './inline.tsx';
import { TokensInput } from './tokens-input.tsx';

afterEach(cleanup);

function Percent({ onChange }: { onChange(percent: number): void }) {
  const [percent, setPercent] = useState(5);
  return (
    <InlinePercent
      label="Percentage"
      percent={percent}
      onChange={(next) => {
        setPercent(next);
        onChange(next);
      }}
    />
  );
}

function Keys() {
  const [keys, setKeys] = useState<readonly string[]>(['acme']);
  return (
    <TokensInput
      label="Keys"
      tokens={keys.map((key) => ({ id: key, text: key }))}
      suggestions={[{ value: 'berlin', hint: 'Berlin' }]}
      onAdd={(added) => setKeys([...keys, ...added])}
      onRemove={(key) => setKeys(keys.filter((each) => each !== key))}
    />
  );
}

const shown = () =>
  screen.getAllByRole('button', { name: /^Remove / }).map((button) => button.getAttribute('aria-label')?.slice(7));

describe('a percentage in a sentence', () => {
  it('is replaced by what is typed after a click, and counts at once', async () => {
    const onChange = vi.fn<(percent: number) => void>();
    render(<Percent onChange={onChange} />);
    await userEvent.click(screen.getByLabelText('Percentage'));
    await userEvent.keyboard('10');
    expect(screen.getByLabelText<HTMLInputElement>('Percentage').value).toBe('10');
    expect(onChange).toHaveBeenLastCalledWith(10);
  });

  it('keeps the last good number while something else is typed, and says that it is wrong', async () => {
    const onChange = vi.fn<(percent: number) => void>();
    render(<Percent onChange={onChange} />);
    const input = screen.getByLabelText<HTMLInputElement>('Percentage');
    await userEvent.click(input);
    await userEvent.keyboard('400');
    expect(onChange.mock.calls.flat()).toEqual([4, 40]);
    expect(input.getAttribute('aria-invalid')).toBe('true');
    await userEvent.tab();
    expect(input.value).toBe('40');
  });

  it('steps by one with the arrows and stays within 0 and 100', async () => {
    const onChange = vi.fn<(percent: number) => void>();
    render(<Percent onChange={onChange} />);
    await userEvent.click(screen.getByLabelText('Percentage'));
    await userEvent.keyboard('{ArrowUp}{ArrowUp}{ArrowDown}');
    expect(onChange.mock.calls.flat()).toEqual([6, 7, 6]);
  });
});

describe('a word in a sentence', () => {
  it('is committed by Enter or by leaving, and kept when it is refused', async () => {
    const onCommit = vi.fn<(text: string) => boolean>((text) => text !== 'bad');
    render(<InlineText label="Attribute" value="org" onCommit={onCommit} />);
    const input = screen.getByLabelText<HTMLInputElement>('Attribute');
    await userEvent.clear(input);
    await userEvent.type(input, 'org.plan{Enter}');
    expect(onCommit).toHaveBeenLastCalledWith('org.plan');
    await userEvent.clear(input);
    await userEvent.type(input, 'bad');
    await userEvent.tab();
    expect(onCommit).toHaveBeenLastCalledWith('bad');
    expect(input.value).toBe('bad');
    expect(input.getAttribute('aria-invalid')).toBe('true');
  });

  it('calls nobody when nothing was typed', async () => {
    const onCommit = vi.fn<(text: string) => boolean>();
    render(<InlineText label="Attribute" value="org" onCommit={onCommit} />);
    await userEvent.click(screen.getByLabelText('Attribute'));
    await userEvent.tab();
    expect(onCommit).not.toHaveBeenCalled();
  });
});

describe('a list of texts', () => {
  it.each([
    ['Enter', 'cobalt{Enter}', ['acme', 'cobalt']],
    ['a comma', 'cobalt,delta,', ['acme', 'cobalt', 'delta']],
    ['leaving', 'cobalt{Tab}', ['acme', 'cobalt']],
    ['a suggestion', '{ArrowDown}{Enter}', ['acme', 'berlin']],
  ])('grows by %s', async (_, typed, expected) => {
    render(<Keys />);
    await userEvent.type(screen.getByRole('combobox', { name: 'Keys: add' }), typed);
    expect(shown()).toEqual(expected);
  });

  it('takes many that are pasted, each once', async () => {
    render(<Keys />);
    await userEvent.click(screen.getByRole('combobox', { name: 'Keys: add' }));
    await userEvent.paste('one, two\ttwo, three words,');
    expect(shown()).toEqual(['acme', 'one', 'two', 'three words']);
  });

  it('shrinks by its buttons and by Backspace', async () => {
    render(<Keys />);
    await userEvent.type(screen.getByRole('combobox', { name: 'Keys: add' }), 'cobalt{Enter}{Backspace}');
    expect(shown()).toEqual(['acme']);
    await userEvent.click(screen.getByRole('button', { name: 'Remove acme' }));
    expect(screen.queryByRole('button', { name: /^Remove / })).toBeNull();
  });

  it('closes its suggestions with Escape and keeps what was typed', async () => {
    render(<Keys />);
    const input = screen.getByRole<HTMLInputElement>('combobox', { name: 'Keys: add' });
    await userEvent.type(input, 'ber');
    expect(screen.getByRole('listbox')).toBeTruthy();
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('listbox')).toBeNull();
    expect(input.value).toBe('ber');
  });
});
