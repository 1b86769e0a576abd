import { type ComponentProps, type ReactNode, useId } from 'react';
import { Icon } from './icons';

interface FieldProps extends Omit<ComponentProps<'input'>, 'children'> {
  readonly label: ReactNode;
  /** What is wrong and how to put it right; stands under the field and is read with it. */
  readonly error?: string | undefined;
  /** Id of a message that stands elsewhere, where the field is too narrow for it. */
  readonly messageId?: string | undefined;
  readonly hint?: string | undefined;
  readonly wide?: boolean;
  readonly span?: string;
}

/** A labelled text field with its message under it. */
export const Field = ({ label, error, messageId, hint, wide = false, span, className, ...input }: FieldProps) => {
  const id = useId();
  const described = [error && (messageId ?? `${id}-error`), hint && `${id}-hint`].filter(Boolean).join(' ');
  return (
    <div className={['field', wide && 'wide', span].filter(Boolean).join(' ')}>
      <label htmlFor={id}>{label}</label>
      <input
        {...input}
        id={id}
        className={['input', error && 'input-bad', className].filter(Boolean).join(' ')}
        aria-invalid={error ? true : undefined}
        aria-describedby={described || undefined}
      />
      {hint && (
        <p className="text-note" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && !messageId && <ErrorText id={`${id}-error`}>{error}</ErrorText>}
    </div>
  );
};

/** What is wrong and what to do about it. */
export const ErrorText = ({ id, wide = false, children }: { id?: string; wide?: boolean; children: string }) => (
  <p className={wide ? 'error wide' : 'error'} id={id} role="alert">
    <Icon name="warning" />
    <span>{children}</span>
  </p>
);

/** A choice of one from a list, as the system shows it. */
export const SelectField = ({
  label,
  error,
  children,
  span,
  ...select
}: { label: ReactNode; error?: string | undefined; span?: string } & ComponentProps<'select'>) => {
  const id = useId();
  return (
    <div className={['field', span].filter(Boolean).join(' ')}>
      <label htmlFor={id}>{label}</label>
      <select
        {...select}
        id={id}
        className="input"
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
      >
        {children}
      </select>
      {error && <ErrorText id={`${id}-error`}>{error}</ErrorText>}
    </div>
  );
};

/** Something that is on or off, at once. */
export const Switch = ({
  label,
  checked,
  onChange,
  className = 'switch-row',
}: {
  label: string;
  checked: boolean;
  onChange: (on: boolean) => void;
  className?: string;
}) => (
  <label className={className}>
    <input
      type="checkbox"
      role="switch"
      className="sr switch-input"
      checked={checked}
      aria-checked={checked}
      onChange={(event) => onChange(event.target.checked)}
    />
    <span className={checked ? 'switch is-on' : 'switch'} aria-hidden="true">
      <i />
    </span>
    <span>{label}</span>
  </label>
);
