import type { Locale } from '@shared/domain/rows';
import { timeText } from '@shared/i18n/format';
import type { Translate } from '@shared/i18n/translate';
import type { ConnectionView } from '@shared/views/desk';
import type { IconName } from '@/ui/icons';

/** The state of the connection in one honest line: what is sent, what waits, since when. */
export const connectionText = (connection: ConnectionView, zone: string, locale: Locale, t: Translate): string => {
  const { state, pending, lastSync } = connection;
  if (state === 'needs_help') return t('desk:connection_help');
  if (state === 'online') return pending === 0 ? t('desk:connection_online') : t('desk:connection_sending', { count: pending });
  if (state === 'connecting' && pending === 0) return t('desk:connection_connecting');
  const parts = [
    t(state === 'connecting' ? 'desk:connection_connecting' : 'desk:connection_offline'),
    pending === 0 ? t('desk:connection_nothing_waits') : t('desk:connection_waiting', { count: pending }),
    lastSync !== null && t('desk:connection_last_sync', { time: timeText(lastSync, zone, locale) }),
  ];
  return parts.filter(Boolean).join(' · ');
};

/** How the line looks: calm while all is well, amber while changes wait, with a shape of its own each. */
export const connectionLook = ({ state, pending }: ConnectionView): { icon: IconName; pill: string } => {
  if (state === 'online') return pending === 0 ? { icon: 'sent', pill: 'pill pill-good' } : { icon: 'sending', pill: 'pill' };
  if (state === 'connecting') return { icon: 'sending', pill: 'pill' };
  return state === 'offline' ? { icon: 'offline', pill: 'pill pill-busy' } : { icon: 'warning', pill: 'pill pill-help' };
};
