/** What an SDK's key is, as far as serving it goes. */
export interface ReaderKey {
  readonly id: string;
  readonly kind: 'server' | 'client';
  /** Browsers' origins that may use a client key; empty means any. */
  readonly origins: readonly string[];
}
