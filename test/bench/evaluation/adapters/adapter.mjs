/**
 * An adapter says how one SDK is asked. It has
 *
 * - `about`: what is asked, in words; `notes`: what differs, by workload;
 * - `payload(setting)`: the flags as the SDK's own server would send them, a text;
 * - `open(text)`: a client that is ready;
 * - `context(user)`: a user as the SDK wants it, made before anything is timed;
 * - `one(client, form)`: a function of (key, context) to the value of a flag of that form;
 * - `all(client, flags)`: a function of (context) to the number of flags answered;
 * - `awaits`: true where both answer by a promise;
 * - `change({ before, after, index, version, client })`: the message by which the SDK learns that one flag differs between two settings;
 * - `apply(client, message)`: takes that message; `changes`: what it holds.
 */

/** For an SDK without a call for all flags: one after the other, into an object. */
export const oneByOne = (one) => (client, flags) => {
  const ask = one(client);
  const keys = flags.map(({ key }) => key);
  return (context) => {
    const values = {};
    for (const key of keys) values[key] = ask(key, context);
    return Object.keys(values).length;
  };
};

const nothing = () => {};
export const silent = { error: nothing, warn: nothing, info: nothing, debug: nothing, log: nothing };

export const byKey = (list, make) => Object.fromEntries(list.map((each) => [each.key, make(each)]));
