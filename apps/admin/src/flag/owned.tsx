import { dateWords } from '../words/time.ts';

interface OwnedProps {
  readonly owner: string;
  readonly expiresOn?: string | undefined;
}

/** Who answers for it, and until when: `owned by issues, until 1 Feb 2027`. */
export function Owned({ owner, expiresOn }: OwnedProps) {
  return (
    <>
      {owner ? (
        <>
          owned by <b>{owner}</b>
        </>
      ) : (
        'owned by nobody'
      )}
      {expiresOn && `, until ${dateWords(expiresOn)}`}
    </>
  );
}
