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

/** A page in which some chapters were taken anew, each at its place or at the end, with what it was taken with. */
export function pageWith(text, chapters, takenWith) {
  const [head, ...sections] = text.split(/^(?=## )/m);
  const taken = `By itself: ${takenWith.join('; ')}.`;
  const found = new Map(chapters.map((each) => [each.title, chapterPage({ ...each, notes: [taken, ...each.notes] })]));
  const kept = sections.map((section) => {
    const title = section.slice('## '.length, section.indexOf('\n'));
    const anew = found.get(title);
    found.delete(title);
    return anew ?? section;
  });
  return pretty([head, ...kept, ...found.values()].join('\n\n'));
}
