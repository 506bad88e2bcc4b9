/** Why there is no verdict, in sentences that say what to do. */
export class AuditError extends Error {
  constructor(sentences: string | readonly string[], cause?: unknown) {
    super([sentences].flat().join('\n'), { cause });
    this.name = 'AuditError';
  }
}
