import type { Instant } from '@shared/domain/time';
import { timeText } from '@shared/i18n/format';
import type { DeskOutput } from '@shared/views/deskBridge';
import type { Failure } from '@shared/views/envelope';
import { useEffect, useState } from 'react';
import { Dialog } from '@/ui/Dialog';
import { ErrorText } from '@/ui/Field';
import { Segmented } from '@/ui/Segmented';
import { useLocale, useWords } from '@/ui/useWords';
import { Words } from '@/ui/Words';
import { useDesk, useNow, useView } from '../deskFeed';
import { useDeskState } from '../deskState';
import { failureText } from '../failureText';

type Role = 'desk' | 'display';
type Pairing = DeskOutput<'pairingCode'>;

/** Shows the short code with which another PC, browser or screen joins this clinic. */
export const PairingDialog = ({ onClose }: { onClose: () => void }) => {
  const t = useWords();
  const locale = useLocale();
  const { bridge } = useDesk();
  const { site } = useView();
  const now = useNow();
  const openDialog = useDeskState((state) => state.openDialog);
  /** What is asked for; a new object asks again. */
  const [wanted, setWanted] = useState<{ readonly role: Role }>({ role: 'desk' });
  const { role } = wanted;
  const [pairing, setPairing] = useState<Pairing | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    let current = true;
    setPairing(null);
    setFailure(null);
    void bridge.request('pairingCode', wanted).then((answer) => {
      if (!current) return;
      if (answer.ok) setPairing(answer.data);
      else setFailure(answer.error);
    });
    return () => {
      current = false;
    };
  }, [bridge, wanted]);
  const expired = pairing !== null && now >= pairing.expiresAt;
  return (
    <Dialog
      title={t('desk:add_device')}
      onClose={onClose}
      foot={
        <>
          {(failure || expired) && (
            <button type="button" className="btn" onClick={() => setWanted({ role })}>
              {t('desk:new_code')}
            </button>
          )}
          <button type="button" className="btn btn-primary" onClick={onClose}>
            {t('common:done')}
          </button>
        </>
      }
    >
      <Segmented
        label={t('desk:device_role')}
        value={role}
        onChange={(next) => setWanted({ role: next })}
        segments={[
          { value: 'desk', label: t('desk:role_desk'), icon: 'person' },
          { value: 'display', label: t('desk:role_display'), icon: 'screen' },
        ]}
      />
      {failure && <ErrorText>{failureText(failure, null, site.zone, locale, t).title}</ErrorText>}
      {pairing && (
        <>
          <p className="code">{pairing.code}</p>
          <p className="text-note">
            <Words>
              {expired
                ? t('error:code_expired')
                : t('desk:code_until', { time: timeText(pairing.expiresAt as Instant, site.zone, locale) })}
            </Words>
          </p>
          <p>{t(role === 'desk' ? 'desk:join_how_desk' : 'desk:join_how_display')}</p>
          <ul className="choices">
            {pairing.addresses.map((address) => (
              <li key={address}>
                <bdi className="address">{address}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
      {!pairing && !failure && <p className="text-note">{t('desk:code_asking')}</p>}
      {bridge.platform === 'electron' && (
        <p className="text-note">
          {t('desk:join_question')}{' '}
          <button type="button" className="link" onClick={() => openDialog({ kind: 'join' })}>
            {t('desk:join_clinic')}
          </button>
        </p>
      )}
    </Dialog>
  );
};
