import type { OverrideReport } from '@taffrail/schema';
import type { SupportLayer } from '@taffrail/shipment/browser';
import { listed } from '../words/numbers.ts';
import type { CodeFacts, Issued } from './code-facts.ts';
import { cutWords, valueNames } from './site-words.ts';

/** What can be sent to the customer: what their site serves, why, and what they can do about it. */
export function answerText(facts: CodeFacts): string {
  const parts = [whatWords(facts), issuedWords(facts), reasons[facts.code.layer](facts), besideWords(facts), newerWords(facts)];
  return parts.filter(Boolean).join('\n\n');
}

function whatWords({ code, flag, install }: CodeFacts): string {
  const site = install ? `At your site (${install.name})` : 'At your site';
  const shipment = code.revision === 0 ? 'no shipment' : `shipment r${code.revision}`;
  return `${site}, release ${code.release} with ${shipment}, the flag ${flag ?? `with the tag ${code.flagTag}`} is ${valueNames[code.value]}.`;
}

/** Nothing where all is as it should be. */
const issuedSentences: Record<Issued, (facts: CodeFacts) => string> = {
  'as-issued': () => '',
  'nothing-in-force': () => 'No shipment is in force there: only the defaults of the code count. Import the one of your release.',
  'unknown-release': ({ code }) => `We know no release ${code.release}: please read us the code once more.`,
  'not-issued': ({ code }) =>
    `We never issued r${code.revision} of ${code.release}: this is not what we shipped. Please tell us where it came from.`,
  'other-digest': ({ code }) =>
    `This is not what we shipped: r${code.revision} of ${code.release} in force there is another file than ours. Please import the signed file again, and tell us where the other came from.`,
};

const issuedWords = (facts: CodeFacts): string => issuedSentences[facts.issued](facts);

const reasons: Record<SupportLayer, (facts: CodeFacts) => string> = {
  'code-default': codeDefaultWords,
  shipment: shippedWords,
  'back-out': backedOutWords,
  override: ({ override, code }) =>
    override
      ? `Your own override file decides: ${overrideWords(override)}.`
      : `Your own override file decides, by the entry whose tag is ${code.entryTag ?? 'not told'}. “taffrail why” at the site names its line.`,
  off: () =>
    'The variable TAFFRAIL_OFF at your site names the flag: that turns it off for everybody there, whatever else is said.',
};

function codeDefaultWords({ removed, code }: CodeFacts): string {
  if (removed) return `The flag does nothing any more: it was removed in ${removed.in}, and is ${removed.now}.`;
  return `Nothing in force there says anything of the flag: what the code of ${code.release} does by itself counts.`;
}

function shippedWords({ entry, code }: CodeFacts): string {
  if (!entry) return 'That is how the release was shipped.';
  const { value, because } = cutWords[entry.why];
  return `That is how ${code.release} was shipped: ${value}, as ${because}.`;
}

function backedOutWords(facts: CodeFacts): string {
  const [backOut] = inForce(facts);
  if (!backOut) return 'A back-out turned it off.';
  const { key, reason, severity, link } = backOut;
  const way =
    severity === 'required'
      ? `Should you need it on all the same, an entry of your override file has to say acknowledges: [${key}].`
      : 'Should you need it on all the same, an entry of your override file can turn it on.';
  return `We turned it off in this release by ${key}: ${ended(reason)}${link ? ` See ${link}` : ''}\n${way}`;
}

/** The back-outs of the flag that the shipment in force at the site carries. */
export function inForce({ backOuts, shipment }: CodeFacts): CodeFacts['backOuts'] {
  return backOuts.filter(({ key }) => shipment?.backOuts.includes(key));
}

/** An entry that is for them and did not decide. */
function besideWords({ code, override }: CodeFacts): string {
  if (code.layer === 'override' || code.entryTag === undefined) return '';
  return override
    ? `Your override file has an entry for it, which does not decide: ${overrideWords(override)}.`
    : `Your override file has an entry for it (tag ${code.entryTag}), which does not decide: “taffrail why” at the site says why.`;
}

function newerWords({ newest, shipment, code }: CodeFacts): string {
  if (!newest || !shipment || newest.revision <= code.revision) return '';
  return `A newer shipment of ${code.release} is there, r${newest.revision}: ${ended(newest.reason)} A connected site takes it by itself; elsewhere “taffrail shipment import” does.`;
}

/** `line 4 sets it to true for berlin until 2027-01-31, acknowledges BO-17 (pilot agreed, SUP-4411, j.doe)` */
export function overrideWords({ line, value, orgs, expires, acknowledges, reason, ticket, setBy }: OverrideReport): string {
  const notes = [reason, ticket, setBy && `by ${setBy}`].filter(Boolean).join(', ');
  const said = [
    `line ${line} sets it to ${JSON.stringify(value)}`,
    orgs && `for ${listed(orgs)}`,
    expires && `until ${expires}`,
    acknowledges && acknowledges.length > 0 && `and acknowledges ${listed(acknowledges)}`,
    notes && `(${notes})`,
  ];
  return said.filter(Boolean).join(' ');
}

const ended = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
