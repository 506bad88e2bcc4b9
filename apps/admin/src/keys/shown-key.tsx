import { useQuery } from '@tanstack/react-query';
import { sdkKeysQuery } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { browserSnippet, nodeSnippet } from '../flag/snippets.ts';
import { classNames } from '../ui/class-names.ts';
import { CopyField } from '../ui/copy-field.tsx';
import { Icon } from '../ui/icon.tsx';
import { Secret } from '../ui/secret.tsx';
import type { MadeKey } from './new-key-dialog.tsx';
import styles from './shown-key.module.css';

interface ShownKeyProps {
  readonly scope: Scope;
  readonly made: MadeKey;
  onDone(): void;
}

/** A new key with the lines to paste; it ticks as soon as code has connected with it. */
export function ShownKey({ scope, made, onDone }: ShownKeyProps) {
  const { secret, kind, environment } = made;
  const snippet = kind === 'server' ? nodeSnippet : browserSnippet;
  return (
    <Secret title={`The new ${kind} key of ${environment}`} secret={secret} onDone={onDone}>
      <CopyField label="lines to paste" text={snippet(location.origin, secret)} />
      <Connected scope={scope} made={made} />
    </Secret>
  );
}

/** Nobody is told of a first connection; the list of keys knows when each was last used. */
const askEveryMs = 2_000;

function Connected({ scope, made: { id, environment } }: Pick<ShownKeyProps, 'scope' | 'made'>) {
  const { data: keys } = useQuery({ ...sdkKeysQuery(scope, environment), refetchInterval: askEveryMs });
  const isUsed = keys?.find((key) => key.id === id)?.lastUsedAt !== undefined;
  return (
    <p className={classNames(styles.mark, isUsed && styles.connected)} role="status">
      <Icon name={isUsed ? 'check' : 'live'} />
      {isUsed ? 'Connected: your code has read its flags.' : 'Waiting for your code to connect…'}
    </p>
  );
}
