import type { EntryView } from '@shared/views/desk';
import { Num } from '@/ui/Words';

/** The minutes that a place follows from, as lengths: head start by priority, time waited, appointment. The reason line says the same in words. */
export const PartsBar = ({ parts, scale }: { parts: NonNullable<EntryView['parts']>; scale: number }) => {
  const share = (minutes: number) => ({ inlineSize: `${scale > 0 ? Math.max(0, (minutes / scale) * 100).toFixed(1) : 0}%` });
  return (
    <>
      <span className="parts" aria-hidden="true">
        {parts.priority > 0 && <i className="parts-pr" style={share(parts.priority)} />}
        {parts.waited > 0 && <i className="parts-wait" style={share(parts.waited)} />}
        {parts.appointment > 0 && <i className="parts-ap" style={share(parts.appointment)} />}
      </span>
      <b>
        <Num>{Math.round(parts.sum)}</Num>
      </b>
    </>
  );
};
