import { useId } from 'react';
import { Icon, type IconName } from './icons';

interface Segment<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly icon?: IconName;
}

interface SegmentedProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly segments: readonly Segment<V>[];
  readonly onChange: (value: V) => void;
  readonly hideLabel?: boolean;
}

/** A choice of one from a few, all in sight: radio buttons, so arrows move and Tab leaves. */
export const Segmented = <V extends string>({ label, value, segments, onChange, hideLabel = false }: SegmentedProps<V>) => {
  const id = useId();
  return (
    <fieldset className="seg-set">
      <legend className={hideLabel ? 'sr' : 'label'}>{label}</legend>
      <div className="seg">
        {segments.map((segment) => (
          <label key={segment.value} className={segment.value === value ? 'is-on' : undefined}>
            <input
              type="radio"
              className="sr"
              name={id}
              value={segment.value}
              checked={segment.value === value}
              onChange={() => onChange(segment.value)}
            />
            {segment.icon && <Icon name={segment.icon} size="sm" />}
            {segment.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
};
