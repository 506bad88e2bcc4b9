import type { SupportCode } from '@taffrail/shipment/browser';
import type { Scope } from '../api/scope.ts';
import { ShipmentLink } from '../installs/install-facts.tsx';
import { Link } from '../routes/link.tsx';
import { pages } from '../routes/pages.ts';
import { CopyField } from '../ui/copy-field.tsx';
import { Loaded } from '../ui/loaded.tsx';
import pageStyles from '../ui/page.module.css';
import { Notice } from '../ui/states.tsx';
import { answerText, overrideWords } from './answer-text.ts';
import type { CodeFacts } from './code-facts.ts';
import { FlagSides } from './flag-sides.tsx';
import { issuedNotices, layerNames, valueNames } from './site-words.ts';
import styles from './support.module.css';
import { useCodeFacts } from './use-code-facts.ts';

/** What a support code means, what it is beside what the vendor has, and what to answer. */
export function CodeAnswer({ scope, code }: { readonly scope: Scope; readonly code: SupportCode }) {
  const facts = useCodeFacts(scope, code);
  return (
    <Loaded query={facts} label="what the code means" rows={4}>
      {(known) => (
        <div className={styles.answer} role="group" aria-label="What the code means">
          <Headline scope={scope} facts={known} />
          {known.issued !== 'as-issued' && (
            <Notice tone="stop" urgent>
              {issuedNotices[known.issued]}
            </Notice>
          )}
          {known.flag !== undefined && <FlagSides scope={scope} facts={known} />}
          <section className={pageStyles.section} aria-label="Answer to send">
            <h3>Answer to send</h3>
            <div className={styles.letter}>
              <CopyField label="answer" text={answerText(known)} />
            </div>
          </section>
        </div>
      )}
    </Loaded>
  );
}

function Headline({ scope, facts }: { readonly scope: Scope; readonly facts: CodeFacts }) {
  const { code, flag, shipment, install } = facts;
  return (
    <div className={styles.headline}>
      <p>
        {flag === undefined ? (
          <b>A flag that is not known here (tag {code.flagTag})</b>
        ) : (
          <Link className={styles.flag} href={pages.flag.href({ ...scope, flag })}>
            {flag}
          </Link>
        )}{' '}
        is <b>{valueNames[code.value]}</b>, decided by the <b>{layerNames[code.layer]}</b>.
      </p>
      <p className={pageStyles.words}>
        {install ? (
          <Link className={styles.way} href={pages.install.href({ ...scope, install: install.install })}>
            {install.name}
          </Link>
        ) : (
          <Nobody tag={code.installTag} />
        )}{' '}
        runs <Shipment scope={scope} facts={facts} />
        {facts.issued === 'as-issued' && shipment && ', byte for byte what was issued'}.
      </p>
      <EntryWords facts={facts} />
    </div>
  );
}

function Shipment({ scope, facts: { code, release } }: { readonly scope: Scope; readonly facts: CodeFacts }) {
  if (!release) return <b>{`${code.release} r${code.revision}`}</b>;
  return <ShipmentLink scope={scope} release={release.release} revision={code.revision} />;
}

function Nobody({ tag }: { readonly tag: string | undefined }) {
  if (tag === undefined) return 'A site without an install key';
  return (
    <>
      A site that is not known here (tag <code>{tag}</code>)
    </>
  );
}

/** Of the site's override file, as far as its operator shares it. */
function EntryWords({ facts: { code, override, install } }: { readonly facts: CodeFacts }) {
  if (code.entryTag === undefined) return null;
  if (override) return <p>Override file: {overrideWords(override)}.</p>;
  const why = install?.shares ? 'has changed since' : 'is not shared: ask for a doctor bundle';
  return (
    <p>
      Override file: the entry with the tag <code>{code.entryTag}</code>. What it says {why}.
    </p>
  );
}
