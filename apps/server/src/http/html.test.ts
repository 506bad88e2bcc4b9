import { expect, it } from 'vitest';
import { html } from './html.ts';

it('takes text as text, and HTML as HTML', () => {
  const text = `<script>alert("it's" & more)</script>`;
  expect(html`<p title="${text}">${html`<b>${1}</b>`}</p>`.html).toBe(
    '<p title="&lt;script&gt;alert(&quot;it&#39;s&quot; &amp; more)&lt;/script&gt;"><b>1</b></p>',
  );
});

it('joins lists and leaves out what is absent', () => {
  const items = ['a', 'b'].map((item) => html`<li>${item}</li>`);
  expect(html`${items}${undefined}${false}`.html).toBe('<li>a</li>\n<li>b</li>');
});
