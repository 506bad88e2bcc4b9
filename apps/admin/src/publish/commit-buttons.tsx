import type { Waiting } from '@taffrail/schema';
import type { SentAs } from '../api/call.ts';
import type { Scope } from '../api/scope.ts';
import { useMay } from '../session/session.tsx';
import { Button, type ButtonProps } from '../ui/button.tsx';

interface CommitButtonsProps extends Pick<ButtonProps, 'icon' | 'keys' | 'busy' | 'disabled'> {
  readonly scope: Scope;
  /** What the button says where nothing waits. */
  readonly verb: string;
  /** What of it waits for a second person, by its preview. */
  readonly waits: readonly Waiting[] | undefined;
  readonly reason: string;
  onCommit(as?: SentAs): void;
}

/** Does it; or, where it waits for a second person, asks for one. Who may do it at once in an emergency has to say why. */
export function CommitButtons({ scope, verb, waits = [], reason, onCommit, ...rest }: CommitButtonsProps) {
  const may = useMay(scope.org);
  const mayHurry = waits.every(({ environment }) => may('change.emergency', { project: scope.project, environment }));
  if (waits.length === 0) {
    return (
      <Button {...rest} tone="primary" onClick={() => onCommit()}>
        {verb}
      </Button>
    );
  }
  return (
    <>
      {mayHurry && (
        <Button
          tone="stop"
          title="At once, and left for a second person to review"
          disabled={rest.disabled === true || rest.busy === true || reason.trim() === ''}
          onClick={() => onCommit('emergency')}
        >
          {reason.trim() === '' ? 'Emergency: say why' : 'Emergency'}
        </Button>
      )}
      <Button {...rest} tone="primary" onClick={() => onCommit('request')}>
        Request approval
      </Button>
    </>
  );
}
