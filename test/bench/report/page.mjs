import { format } from 'prettier';

/**
 * A chapter's findings as Markdown. `tables` have `columns` and `rows` of texts, and perhaps a `title`; `notes` say how it was measured.
 */
export function chapterPage({ title, tables, notes }) {
  return [`## ${title}`, ...tables.map(tablePage), notes.map((note) => `- ${note}`).join('\n')].join('\n\n');
}

function tablePage({ title, columns, rows }) {
  const lines = [columns, columns.map((_, place) => (place === 0 ? '---' : '--:')), ...rows].map(
    (cells) => `| ${cells.join(' | ')} |`,
  );
  return [...(title ? [`**${title}**`, ''] : []), ...lines].join('\n');
}

export const pretty = (markdown) => format(markdown, { parser: 'markdown', printWidth: 130 });

/** The whole page. */
export function page(chapters, takenWith, tookMs) {
  const introduction = [
    '# Benchmarks',
    'Written by `npm run bench`, which builds the product and measures the built one in processes of their own. Peers are measured in the',
    'same run: ratios carry over to other machines, figures do not. A ✓ or ✗ says whether an aim was reached.',
  ];
  const taken = [`Taken in ${Math.round(tookMs / 60_000)} minutes with:`, '', ...takenWith.map((line) => `- ${line}`)];
  return pretty([introduction[0], introduction.slice(1).join('\n'), taken.join('\n'), ...chapters.map(chapterPage)].join('\n\n'));
}
