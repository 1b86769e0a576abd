import { translator } from '@shared/i18n/translate';
import type { MonitorBridge } from '@shared/views/monitorBridge';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import {
  codeInAddress,
  type DisplayIdentity,
  forgetIdentity,
  keepIdentity,
  keptIdentity,
  type PairingRefusal,
  pairScreen,
} from './bridge/identity';
import { createSocketBridge } from './bridge/socketBridge';
import { MonitorScreen } from './MonitorScreen';
import { PairScreen } from './PairScreen';

/** A screen in a browser: paired with a code once, then connected by itself. */
const BrowserMonitor = () => {
  const [identity, setIdentity] = useState<DisplayIdentity | null>(() => keptIdentity(localStorage));
  const [refusal, setRefusal] = useState<PairingRefusal | null>(null);
  const [busy, setBusy] = useState(false);
  const code = useRef(codeInAddress(location.hash));
  const pair = useCallback(async (typed: string, name: string) => {
    setBusy(true);
    const answer = await pairScreen(fetch, typed, name);
    setBusy(false);
    setRefusal(answer.ok ? null : answer.refusal);
    if (!answer.ok) return;
    keepIdentity(localStorage, answer.identity);
    // the code is used up and must not be tried again on a reload
    history.replaceState(null, '', location.pathname + location.search);
    setIdentity(answer.identity);
  }, []);
  const tried = useRef(false);
  useEffect(() => {
    if (identity || tried.current || !code.current) return;
    tried.current = true;
    void pair(code.current, translator('en')('monitor:pair_name_default'));
  }, [identity, pair]);
  const bridge = useMemo(
    () =>
      identity &&
      createSocketBridge(identity, (reason) => {
        forgetIdentity(localStorage);
        setRefusal({ code: reason, message: 'The clinic does not know this screen. Pair it again with a new code.' });
        setIdentity(null);
      }),
    [identity],
  );
  return bridge ? (
    <MonitorScreen bridge={bridge} />
  ) : (
    <PairScreen busy={busy} initialCode={code.current} onPair={(typed, name) => void pair(typed, name)} refusal={refusal} />
  );
};

/** The waiting-room screen: over the desk's port in Anteroom's own window, over a socket in any browser. */
export const MonitorApp = ({ bridge }: { readonly bridge: MonitorBridge | undefined }) =>
  bridge ? <MonitorScreen bridge={bridge} /> : <BrowserMonitor />;
