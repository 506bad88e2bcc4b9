/** What our own packages and OpenFeature's export, as far as the audit knows of it. Every table is by package, then by name. */
type ByPackage = Readonly<Record<string, readonly string[]>>;

/** The methods of a client that read a flag. */
export const sdkMethods: ReadonlySet<string> = new Set(['isEnabled', 'value', 'details']);

/** Functions that give a client. */
export const clientMakers: ByPackage = {
  '@taffrail/node': ['createClient'],
  '@taffrail/node/on-prem': ['createClient'],
  '@taffrail/browser': ['createClient'],
  '@taffrail/browser/react': ['useFlags', 'useClient', 'useFlagsClient'],
  '@taffrail/sdk-core/testing': ['createTestClient', 'inMemoryClient'],
};

/** Types of a client, and of what it answers about one context. */
export const clientTypes: ByPackage = {
  '@taffrail/node': ['Client', 'Answers', 'ContextAnswers'],
  '@taffrail/node/on-prem': ['OnPremClient', 'Client', 'Answers', 'ContextAnswers'],
  '@taffrail/browser': ['BrowserClient', 'ContextAnswers'],
  '@taffrail/browser/react': ['BrowserClient', 'ContextAnswers'],
  '@taffrail/sdk-core': ['Client', 'Answers', 'ContextAnswers'],
};
