import { expect, it } from 'vitest';
import { html } from './html.ts';

it('escapes what is put in, in text and in attributes', () => {
  expect(html`<a title="${'"\'>'}">${'<b>&'}</a>`.markup).toBe('<a title="&quot;&#39;&gt;">&lt;b&gt;&amp;</a>');
});

it('takes its own markup as it is, joins lists, and shows nothing for nothing', () => {
  const items = ['a', '<'].map((text) => html`<b>${text}</b>`);
  expect(html`${items}${undefined}${false}${0}`.markup).toBe('<b>a</b><b>&lt;</b>0');
});
