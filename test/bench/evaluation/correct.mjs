import { isDeepStrictEqual } from 'node:util';

/** A fair split of so many answers strays further than this once in some million times. */
const TOLERATED_DEVIATIONS = 5;

/** What may be answered, by a flag's form. */
const rightAnswers = {
  on: (answer) => answer === true,
  rules: (answer) => answer === true,
  percent: (answer) => typeof answer === 'boolean',
  members: (answer, { flag, user, setting }) => answer === memberOf(setting, flag.segment).has(user.key),
  variants: (answer, { flag }) => flag.variants.some(({ value }) => isDeepStrictEqual(value, answer)),
};

const wantedShares = {
  percent: ({ percent }) => [[true, percent / 100]],
  variants: ({ variants }) => variants.map(({ value, weight }) => [value, weight / 100]),
};

const sets = new Map();
function memberOf(setting, key) {
  if (!sets.has(key)) sets.set(key, new Set(setting.segments.find((segment) => segment.key === key).members));
  return sets.get(key);
}

/** Throws unless every flag answers every user as it should, twice the same, and splits are served in their shares. */
export async function checkAnswers({ adapter, client, setting, flags, users }) {
  const shares = new Map();
  for (const flag of flags) {
    const ask = adapter.one(client, flag.form);
    const answers = [];
    for (const user of users) {
      const context = adapter.context(user);
      const answer = await ask(flag.key, context);
      if (!rightAnswers[flag.form](answer, { flag, user, setting })) throw wrong(flag, answer);
      if (!isDeepStrictEqual(answer, await ask(flag.key, context))) throw wrong(flag, 'another answer the second time');
      answers.push(answer);
    }
    count(shares, flag, answers);
  }
  for (const [what, { seen, wanted, of }] of shares)
    if (Math.abs(seen / of - wanted) > TOLERATED_DEVIATIONS * Math.sqrt((wanted * (1 - wanted)) / of))
      throw new Error(`${what}: ${seen} of ${of}, not ${wanted * 100} %`);
}

/** Shares are summed over flags of the same weights: one flag asked for a few users says little. */
function count(shares, flag, answers) {
  for (const [place, [value, wanted]] of (wantedShares[flag.form]?.(flag) ?? []).entries()) {
    const what = `${flag.form} ${place} at ${wanted * 100} %`;
    const share = shares.get(what) ?? { seen: 0, of: 0, wanted };
    share.seen += answers.filter((answer) => isDeepStrictEqual(answer, value)).length;
    share.of += answers.length;
    shares.set(what, share);
  }
}

const wrong = ({ key, form }, answer) => new Error(`${key} (${form}) answered ${JSON.stringify(answer)}`);
