import { type Context, createContext, useContext } from 'react';
import type { ContextAnswers, Lifecycle } from '@taffrail/sdk-core';

/**
 * Whatever answers about one context: the client of a page; or on a server, where nothing changes while it renders,
 * `client.forContext(context)` of `@taffrail/node`.
 */
export type FlagSource = ContextAnswers & Partial<Lifecycle>;

/** What a provider gives to the components below it. */
export interface Place {
  readonly client: FlagSource;
  /** What the server rendered with. */
  readonly rendered?: ContextAnswers | undefined;
}

const MISPLACED = 'useFlag was called outside of <FlagsProvider>: it serves code defaults there.';

/** Where nobody provides a client there are code defaults, and one complaint: a page is not broken by it. */
function nobody(): FlagSource {
  let isSaid = false;
  const complain = (): void => {
    // oxlint-disable-next-line no-console -- there is no client whose logger could say it
    if (!isSaid) console.error(MISPLACED);
    isSaid = true;
  };
  const details: FlagSource['details'] = (_key, codeDefault) => {
    complain();
    return {
      value: codeDefault as never,
      reason: 'ERROR',
      errorCode: 'PROVIDER_NOT_READY',
      errorMessage: MISPLACED,
      flagMetadata: {},
    };
  };
  const value: FlagSource['value'] = (key, codeDefault) => details(key, codeDefault).value;
  return { details, value, isEnabled: (key) => value(key, false) };
}

export const PlaceContext: Context<Place> = createContext<Place>({ client: nobody() });

export const usePlace = (): Place => useContext(PlaceContext);
