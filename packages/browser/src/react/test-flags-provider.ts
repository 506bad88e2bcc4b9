import { FlagsProvider } from '@taffrail/browser/react';
import { createTestClient, type FlagValues, type TestClient } from '@taffrail/sdk-core/testing';
import { createElement, type ReactNode, useEffect, useState } from 'react';

/** What the provider of a test is given. */
export interface TestFlagsProviderProps {
  /** What the flags below serve. Another rendering may give others; then what reads them renders again. */
  readonly flags?: FlagValues;
  /** A client that the test holds, to change flags by itself; `flags` are then not looked at. */
  readonly client?: TestClient;
  readonly children?: ReactNode;
}

/** Gives the components below flags that a test says. */
export function TestFlagsProvider({ flags = {}, client, children }: TestFlagsProviderProps): ReactNode {
  const [own] = useState(() => createTestClient(flags));
  const said = JSON.stringify(flags);
  useEffect(() => own.replace(JSON.parse(said) as FlagValues), [own, said]);
  return createElement(FlagsProvider, { client: client ?? own }, children);
}
